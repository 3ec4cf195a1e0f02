/* Stands in for libFuzzer: feeds each file of the given folders to the fuzz target once, so that
 * the corpus is a test wherever there is a C compiler. Says which file it is at before it starts,
 * so that a crash names its input; prints the count at the end. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 0;
    }
    uint8_t *data = NULL;
    size_t len = 0, cap = 0, got = 0;
    do {
        if (len == cap) {
            cap = cap * 2 + 4096;
            uint8_t *grown = realloc(data, cap);
            if (grown == NULL)
                abort();
            data = grown;
        }
        got = fread(data + len, 1, cap - len, file);
        len += got;
    } while (got > 0);
    fclose(file);
    /* A buffer of exactly the length, so that reading one byte too many is seen. */
    uint8_t *exact = realloc(data, len > 0 ? len : 1);
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(exact, len);
    free(exact);
    return 1;
}

static int replay_folder(const char *path) {
    DIR *folder = opendir(path);
    if (folder == NULL) {
        perror(path);
        return 0;
    }
    int count = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char file[4096];
        int len = snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && len > 0 && (size_t)len < sizeof file)
            count += replay_file(file);
    }
    closedir(folder);
    return count;
}

int main(int argc, char **argv) {
    int count = 0;
    for (int i = 1; i < argc; i++)
        count += replay_folder(argv[i]);
    printf("%d\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
