/* Runs a command and says what it took: "WALL USER SYSTEM PEAK", seconds and KiB, in a file.
 *
 *     stopwatch FILE COMMAND [ARGUMENT...]
 *
 * Wall time is from before the process is made until after it has ended. Ends as the command does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static int run(char **command) {
    pid_t child = fork();
    if (child == 0) {
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return 126;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: stopwatch FILE COMMAND [ARGUMENT...]\n");
        return 2;
    }
    double start = now();
    int code = run(arguments + 2);
    double wall = now() - start;
    struct rusage usage;
    FILE *file = fopen(arguments[1], "w");
    if (!file || getrusage(RUSAGE_CHILDREN, &usage) != 0) {
        perror(arguments[1]);
        return 1;
    }
    fprintf(file, "%.6f %.6f %.6f %ld\n", wall, seconds(usage.ru_utime), seconds(usage.ru_stime),
            usage.ru_maxrss);
    return fclose(file) == 0 ? code : 1;
}
