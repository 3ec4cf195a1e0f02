#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "tests/unit/quick_assert.h"

Suite *num_suite(void);

static const Num untouched = {77, 1};

static Num ratio(int64_t n, int64_t d) {
    Num value;
    quick_assert(num_of_ratio(n, d, &value));
    return value;
}

/* "n/d" or a decimal, of up to 128 bits each. */
static Num read_fraction(const char *text) {
    const char *slash = strchr(text, '/');
    Num n, d = num_of_int(1), value;
    quick_assert(num_parse(text, slash ? (size_t)(slash - text) : strlen(text), &n, NULL));
    if (slash)
        quick_assert(num_parse(slash + 1, strlen(slash + 1), &d, NULL));
    quick_assert(num_divide(n, d, &value));
    return value;
}

static bool equal(Num a, Num b) {
    return a.n == b.n && a.d == b.d;
}

static const char *printed(Num value, int decimals, bool grouped) {
    static char text[400];
    StrBuf buf = {0};
    num_print(&buf, value, decimals, grouped);
    ck_assert_uint_lt(buf.len, sizeof text);
    memcpy(text, buf.text, buf.len + 1);
    strbuf_fini(&buf);
    return text;
}

static long divisor(long a, long b) {
    return b == 0 ? labs(a) : divisor(b, a % b);
}

/* n/d in lowest terms by another way than the module's. */
static void assert_is(Num got, long n, long d) {
    if (d < 0) {
        n = -n;
        d = -d;
    }
    long by = divisor(n, d);
    quick_int_eq((long)got.n, n / by);
    quick_int_eq((long)got.d, d / by);
}

START_TEST(small_fractions_agree_with_plain_integers) {
    for (long a = -7; a <= 7; a++)
        for (long b = 1; b <= 7; b++)
            for (long c = -7; c <= 7; c++)
                for (long d = 1; d <= 7; d++) {
                    Num x = ratio(a, b), y = ratio(c, d), got = untouched;
                    quick_assert(num_add(x, y, &got));
                    assert_is(got, a * d + c * b, b * d);
                    quick_assert(num_subtract(x, y, &got));
                    assert_is(got, a * d - c * b, b * d);
                    quick_assert(num_multiply(x, y, &got));
                    assert_is(got, a * c, b * d);
                    got = untouched;
                    quick_int_eq(num_divide(x, y, &got), c != 0);
                    if (c != 0)
                        assert_is(got, a * d, b * c);
                    else
                        quick_assert(equal(got, untouched));
                    long left = a * d, right = c * b;
                    quick_int_eq(num_compare(x, y), left < right ? -1 : left > right);
                    quick_int_eq(num_is_integer(x), a % b == 0);
                }
}
END_TEST

typedef struct BigCase {
    const char *a, *b;
    const char *sum, *difference, *product, *quotient; /* NULL: beyond 127 bits */
    int order, decimals;
    const char *a_printed;
} BigCase;

/* Worked out with Python's fractions and integers. */
static const BigCase big_cases[] = {
    // clang-format off
    {"-4262169016307396566/3943202002305085791", "3503074255122127411/52229841096415164117288839347297874371", NULL, NULL, NULL, NULL, -1, 3, "-1.081"},
    {"836288072249028509/1166321148666007014934325", "153127526/1166321148666007014934325", "167257614480431207/233264229733201402986865", "836288072095900983/1166321148666007014934325", NULL, "836288072249028509/153127526", 1, 7, "0.0000007"},
    {"-394455286608423128538305/627580283175110913379822", "-11/627580283175110913379822", "-197227643304211564269158/313790141587555456689911", "-197227643304211564269147/313790141587555456689911", NULL, "394455286608423128538305/11", -1, 13, "-0.6285335871496"},
    {"-4685376008020493053/2531013236744965994484704879431082599", "18/2531013236744965994484704879431082599", "-4685376008020493035/2531013236744965994484704879431082599", "-4685376008020493071/2531013236744965994484704879431082599", NULL, "-4685376008020493053/18", -1, 0, "0"},
    {"1990807841/9042215214184815430", "-1522349327/652832280526627861", "-12465746622973092268511857509/5903049979288843855493886608580695230", "15065073868833736978447573711/5903049979288843855493886608580695230", "-275518634266606637/536640907208076714135807873507335930", "-1299663622930322354967858101/13765410245903414623479715610", 1, 8, "0.00000000"},
    {"366408855359/1063970965635920229", "-16/1063970965635920229", "366408855343/1063970965635920229", "122136285125/354656988545306743", "-5862541685744/1132034215716232544828696507651412441", "-366408855359/16", 1, 15, "0.000000344378622"},
    {"36654/1758753281280377189", "-219424139382840575643877074683/506652481928756118893669224120", NULL, NULL, NULL, NULL, 1, 0, "0"},
    {"-2545801603/4", "-51921403494216591390354912831577422433/4", "-12980350873554147847588728208530806009/1", "25960701747108295695177456414515810415/2", NULL, "2545801603/51921403494216591390354912831577422433", 1, 9, "-636450400.750000000"},
    {"103898029463180371/18746374776136968660091", "-151/18746374776136968660091", "103898029463180220/18746374776136968660091", "103898029463180522/18746374776136968660091", NULL, "-103898029463180371/151", 1, 18, "0.000005542299815505"},
    {"5991/1950825112", "942861454073615622/836054213548897387212493721345377993", NULL, NULL, NULL, NULL, 1, 6, "0.000003"},
    {"-63522534747315272689556101128/1", "-22306997365195466/794384975", "-50461347177182674212633513153028947266/794384975", "-50461347177182674212588899158298556334/794384975", NULL, "25230673588591337106305603077831875900/11153498682597733", -1, 8, "-63522534747315272689556101128.00000000"},
    {"169153961555202662/151795380728693716619976477026561287", "790047473676591748572675/912252119", NULL, NULL, NULL, NULL, -1, 6, "0.000000"},
    {"592444225744997333285705680550107393/1", "-1/209781956132", NULL, NULL, "-592444225744997333285705680550107393/209781956132", NULL, 1, 2, "592444225744997333285705680550107393.00"},
    {"-165915932729/251468575969475523840305696356", "62054/21636621234214027332001", NULL, NULL, NULL, "-3589860193178707512004445264960729/15604631013209834156386329681675224", -1, 11, "0.00000000000"},
    {"265124581184525156218579457784242966/2245884890764031735", "-389202001/449176978152806347", "265124581184525156218579455838232961/2245884890764031735", "265124581184525156218579459730252971/2245884890764031735", NULL, "-265124581184525156218579457784242966/1946010005", 1, 1, "118049051522997661.1"},
    {"-182935832883192911231508526513380847/107426290674", "774513075948857862163320792899270447/107426290674", "295788621532832475465906133192944800/53713145337", "-159574818138675128899138219902108549/17904381779", NULL, "-182935832883192911231508526513380847/774513075948857862163320792899270447", -1, 2, "-1702896299736692063078582.31"},
    {"164/3778677143", "-107/847441289676528358", "138980371102632196411/3202207031335139569965921194", "138980371911269105013/3202207031335139569965921194", "-8774/1601103515667569784982960597", "-138980371506950650712/404318454301", 1, 14, "0.00000004340143"},
    {"1664055678121004637/3163809100425631594", "124409247700866787/92322601538890433", "547237059362802550745260117960406299/292091086923710971883565087989140202", "-239977160743415299265984813504530657/292091086923710971883565087989140202", "207023915047389918286453056146291319/292091086923710971883565087989140202", "153629949309693625739637652227937821/393607110053108925005622465732468478", -1, 3, "0.526"},
    {"-3044319595065772787/1925043977", "12183842256223569849770708638240147320/13904625999240978383", NULL, NULL, NULL, NULL, -1, 14, "-1581428596.66513103612074"},
    {"-3733225913420329216/1361876431", "-1977410252/1361876431", "-3733225915397739468/1361876431", "-3733225911442918964/1361876431", "7382119194229423376933522432/1854707413313297761", "933306478355082304/494352563", -1, 6, "-2741236890.838248"},
    {"-32537/12", "-4204/7395", "-80220521/29580", "-26728963/9860", "34196387/22185", "80203705/16816", -1, 8, "-2711.41666667"},
    {"-821515804/1096447922447064793051421225513", "700462706770164117/1096447922447064793051421225513", "700462705948648313/1096447922447064793051421225513", "-700462707591679921/1096447922447064793051421225513", NULL, "-821515804/700462706770164117", -1, 8, "0.00000000"},
    {"136697355115830183054661/39102860612870416308415881052", "1078238408087/39102860612870416308415881052", "34174338779227105365687/9775715153217604077103970263", "68348677557375972323287/19551430306435208154207940526", NULL, "136697355115830183054661/1078238408087", 1, 14, "0.00000349584028"},
    {"-69/88", "14145613241592440425406825537/22", "56582452966369761701627302079/88", "-56582452966369761701627302217/88", "-976047313669878389353070962053/1936", "-69/56582452966369761701627302148", -1, 7, "-0.7840909"},
    {"1484939990/913035704891110573", "-32054834170462426427482003937904019816/913035704891110573", "-32054834170462426427482003936419079826/913035704891110573", "32054834170462426427482003939388959806/913035704891110573", NULL, "-742469995/16027417085231213213741001968952009908", 1, 14, "0.00000000162638"},
    {"113778695582/426427195809414209360780055304619759", "247467903001218554017005329865/101275341640800613", NULL, NULL, NULL, NULL, -1, 17, "0.00000000000000000"},
    {"24267335255088120088648253014731364198/30787355297", "34015101971/30787355297", "24267335255088120088648253048746466169/30787355297", "24267335255088120088648252980716262227/30787355297", NULL, "24267335255088120088648253014731364198/34015101971", 1, 2, "788224094631889098072153028.00"},
    {"-66445288739713747/188576236684774675414976128658", "-38305893469172932308143035043465907439/4377201962317976109", NULL, NULL, NULL, NULL, 1, 7, "0.0000000"},
    {"2676342885024784484/15562104925933770761", "-5164821672877852203/1441602892", "-80375496793203698512605492082829708755/22434375466833569729522640812", "80375496800920145798676197690451964211/22434375466833569729522640812", "-3455708434157111164423730004219904563/5608593866708392432380660203", "-3858223643035352803811127728/80375496797061922155640844886640836483", 1, 6, "0.171978"},
    {"-1386473227/165652997512263460407066", "35121/11164481445446252800", NULL, NULL, NULL, "-7739627308724745287336892800/2908949462814102496478282493", -1, 17, "-0.00000000000000837"},
    {"-3/3650247683134335608", "-2484386465007707791/912561920783583902", "-9937545860030831167/3650247683134335608", "9937545860030831161/3650247683134335608", "7453159395023123373/3331077037056896243177709645894182416", "3/9937545860030831164", 1, 13, "0.0000000000000"},
    {"41942912794369895791050898579867251173/989705109142", "-16956201499045363/494852554571", "41942912794369895791016986176869160447/989705109142", "41942912794369895791084810982865341899/989705109142", NULL, "-41942912794369895791050898579867251173/33912402998090726", 1, 4, "42379202054166671073897862.7293"},
    {"258011901565245101002341402555648766/25410599", "-61557316472065816017285801195585238629/1330938071", NULL, NULL, NULL, NULL, 1, 15, "10153711904439761573599323752.881573787379038"},
    {"-414404073060978551127024722465217875/584017308722405855954924336445337026", "-454233054957990377983378/2946470794607506297", NULL, NULL, NULL, NULL, 1, 17, "-0.70957498497352313"},
    {"701268920981145439731065363638/1964568513", "-795397420/10351", "7258834601075834884043530925580478/20335248678063", "7258834601075838009268984232453398/20335248678063", NULL, "-3629417300537918223328128789508469/781306363326718230", 1, 6, "356958241130654545785.782613"},
    {"2143948519/35", "46216875620978374168824167077125881653/35", "46216875620978374168824167079269830172/35", "-6602410802996910595546309582140276162/5", NULL, "2143948519/46216875620978374168824167077125881653", -1, 6, "61255671.971429"},
    {"921020379104427625/52", "-1137525283283950194786931374133/181", "-59151314730598705440302530054791/9412", "59151314730932114817538332855041/9412", NULL, "-166704688617901400125/59151314730765410128920431454916", 1, 10, "17711930367392838.9423076923"},
    {"871642274072562087/56042860474764086", "-225024959343283087912819996047/56042860474764086", "-112512479671205722819373716980/28021430237382043", "16073211381725337870492325581/4003061462483149", NULL, "-290547424690854029/75008319781094362637606665349", 1, 3, "15.553"},
    {"-411620199880492620032641/98", "-1/245827889470461764", NULL, NULL, "411620199880492620032641/24091133168105252872", NULL, -1, 13, "-4200206121229516530945.3163265306122"},
    {"133556998/50762313967052506173157219895", "-274399080825004917773354/129683426293691704179831602954797849", NULL, NULL, NULL, NULL, 1, 3, "0.000"},
    {"5971150421600921957/73222961801540368089474033976483458211", "34411897986779716059629915567143730908/18127251096977625505", NULL, NULL, NULL, NULL, -1, 8, "0.00000000"},
    {"3197323557/1033646092955836834", "24/516823046477918417", "3197323605/1033646092955836834", "3197323509/1033646092955836834", "38367882684/267106061370716620255282377307785889", "1065774519/16", 1, 10, "0.0000000031"},
    {"433204120/704334174021", "5755571212073281127/586210474", "4053845495674934234301396954547/412888070007248895954", "-4053845495674426336716349048787/412888070007248895954", "1246668581011769563067321620/206444035003624447977", "253948792523952880/4053845495674680285508873001667", -1, 9, "0.000615055"},
    {"148405094802/2395580718839832923", "-17270403/15003351033337025440622728708", NULL, NULL, NULL, NULL, 1, 18, "0.000000061949527993"},
    {"10/533758977585456630890835474562027943", "-65/533758977585456630890835474562027943", "-55/533758977585456630890835474562027943", "75/533758977585456630890835474562027943", NULL, "-2/13", 1, 10, "0.0000000000"},
    {"7668076377274348581/130302971900823579769400493847", "17894631806565965088/130302971900823579769400493847", "25562708183840313669/130302971900823579769400493847", "-10226555429291616507/130302971900823579769400493847", NULL, "2556025459091449527/5964877268855321696", -1, 15, "0.000000000058848"},
    {"-539985303589103322/1311728984284307419", "-722732338340571437965524/315810697625", NULL, NULL, NULL, NULL, 1, 8, "-0.41165920"},
    {"-13218969665518253903/1", "1105936864/63104054778978796377153", NULL, NULL, "-14619345857194386656239580192/63104054778978796377153", NULL, -1, 12, "-13218969665518253903.000000000000"},
    /* Near the limits. The sums of the last two do not fit before they are reduced. */
    {"9738149878194981724110700871890512491/10991903576824440563919993654249501091", "87301855510621900215114044014778318471/132622053150419973695305993185972378400", NULL, NULL, NULL, NULL, 1, 18, "0.885938437335558568"},
    {"85372568297571684436229699495008452734/113396457902123479393930526416181392183", "118909856844549664101809883843943982941/88740573186424534564843579681687748914", NULL, NULL, NULL, NULL, -1, 18, "0.752868033772799042"},
    {"-35383176715669168846299283380247932441/21411549857672629789883729621214579041", "23760127429715074965942491893619775641/23133334249496071021302416030284319153", NULL, NULL, NULL, NULL, -1, 18, "-1.652527582116618078"},
    {"-890349729643151474484494096962472742/1282223127196427249422707359701029067", "27285126543780179843252752820169145177/27303399711779976100210203796614707704", NULL, NULL, NULL, NULL, -1, 18, "-0.694379715010986834"},
    {"135409210098710445231404007524337650737/100584042729834713412828463986965450589", "35727927053780492668193231731288260999/34742829088215039352707311939898083227", NULL, NULL, NULL, NULL, 1, 18, "1.346229545201468349"},
    {"98374991679529760107962208299230771766/93331315359557245347796317268327655585", "125451322402981717038445149221582634773/156828875466992967146984816578772447245", NULL, NULL, NULL, NULL, 1, 18, "1.054040557561434131"},
    {"170141183460469231731687303715884105726/170141183460469231731687303715884105727", "-1/170141183460469231731687303715884105727", "170141183460469231731687303715884105725/170141183460469231731687303715884105727", "1/1", NULL, "-170141183460469231731687303715884105726/1", 1, 18, "1.000000000000000000"},
    {"-170141183460469231731687303715884105726/170141183460469231731687303715884105727", "1/170141183460469231731687303715884105727", "-170141183460469231731687303715884105725/170141183460469231731687303715884105727", "-1/1", NULL, "-170141183460469231731687303715884105726/1", -1, 18, "-1.000000000000000000"},
    {"170141183460469231731687303715884105727/2", "170141183460469231731687303715884105727/2", NULL, "0/1", NULL, "1/1", 0, 18, "85070591730234615865843651857942052863.500000000000000000"},
    {"-170141183460469231731687303715884105727/2", "-1/2", NULL, "-85070591730234615865843651857942052863/1", "170141183460469231731687303715884105727/4", "170141183460469231731687303715884105727/1", -1, 18, "-85070591730234615865843651857942052863.500000000000000000"},
    // clang-format on
};

static void assert_result(bool fitted, Num got, const char *expected) {
    ck_assert_int_eq(fitted, expected != NULL);
    ck_assert(equal(got, expected ? read_fraction(expected) : untouched));
}

START_TEST(large_fractions_agree_with_long_arithmetic) {
    const BigCase *c = &big_cases[_i];
    Num a = read_fraction(c->a), b = read_fraction(c->b), got = untouched;
    bool fitted = num_add(a, b, &got);
    assert_result(fitted, got, c->sum);
    got = untouched;
    fitted = num_subtract(a, b, &got);
    assert_result(fitted, got, c->difference);
    got = untouched;
    fitted = num_multiply(a, b, &got);
    assert_result(fitted, got, c->product);
    got = untouched;
    fitted = num_divide(a, b, &got);
    assert_result(fitted, got, c->quotient);
    ck_assert_int_eq(num_compare(a, b), c->order);
    ck_assert_int_eq(num_compare(b, a), -c->order);
    ck_assert_int_eq(num_compare(a, a), 0);
    ck_assert_str_eq(printed(a, c->decimals, false), c->a_printed);
    if (num_round(a, c->decimals, &got))
        ck_assert_str_eq(printed(got, c->decimals, false), c->a_printed);
}
END_TEST

/* 2^126 and its neighbours differ only past the 37th place. */
START_TEST(close_large_values_are_told_apart) {
    static const char *const ascending[] = {
        "-170141183460469231731687303715884105727",
        "-85070591730234615865843651857942052865/85070591730234615865843651857942052864",
        "-85070591730234615865843651857942052864/85070591730234615865843651857942052863",
        "85070591730234615865843651857942052862/85070591730234615865843651857942052863",
        "85070591730234615865843651857942052863/85070591730234615865843651857942052864",
        "85070591730234615865843651857942052864/85070591730234615865843651857942052863",
        "170141183460469231731687303715884105727"};
    int len = (int)(sizeof ascending / sizeof ascending[0]);
    for (int i = 0; i < len; i++)
        for (int j = 0; j < len; j++) {
            int order = i < j ? -1 : i > j;
            if ((i == 1 && j == 2) || (i == 2 && j == 1))
                order = -order; /* 1 + 1/n is larger for the smaller n, so below 0 it is less */
            ck_assert_int_eq(num_compare(read_fraction(ascending[i]), read_fraction(ascending[j])),
                             order);
        }
}
END_TEST

START_TEST(what_does_not_fit_is_refused) {
    Num largest = read_fraction("170141183460469231731687303715884105727"), got = untouched;
    Num smallest = read_fraction("1/170141183460469231731687303715884105727");
    ck_assert(!num_add(largest, num_of_int(1), &got));
    ck_assert(!num_subtract(num_negate(largest), num_of_int(1), &got));
    ck_assert(!num_subtract(num_negate(largest), largest, &got));
    ck_assert(!num_multiply(largest, num_of_int(2), &got));
    ck_assert(!num_multiply(smallest, ratio(1, 2), &got));
    ck_assert(!num_divide(largest, ratio(1, 2), &got));
    ck_assert(!num_divide(largest, num_of_int(0), &got));
    ck_assert(!num_add(largest, smallest, &got));
    ck_assert(equal(got, untouched));
    ck_assert(num_multiply(largest, smallest, &got));
    ck_assert(equal(got, num_of_int(1)));
    ck_assert(num_subtract(largest, largest, &got));
    ck_assert(equal(got, num_of_int(0)));
    ck_assert(num_divide(smallest, smallest, &got));
    ck_assert(equal(got, num_of_int(1)));
}
END_TEST

START_TEST(numbers_are_made_from_integers_and_scaled_ones) {
    ck_assert(equal(num_of_int(INT64_MIN), read_fraction("-9223372036854775808")));
    ck_assert(equal(num_of_scaled(1250, 2), ratio(25, 2)));
    ck_assert(equal(num_of_scaled(-5, 0), num_of_int(-5)));
    ck_assert(equal(num_of_scaled(0, 9), num_of_int(0)));
    ck_assert(equal(num_of_scaled(INT64_MIN, 18), read_fraction("-9.223372036854775808")));
    Num got = untouched;
    ck_assert(num_of_ratio(6, -4, &got));
    ck_assert(equal(got, ratio(-3, 2)));
    ck_assert(num_of_ratio(0, -4, &got));
    ck_assert(got.n == 0 && got.d == 1);
    ck_assert(!num_of_ratio(1, 0, &got));
}
END_TEST

START_TEST(integers_are_taken_out_again) {
    int64_t got = 0;
    ck_assert(num_to_int64(num_of_int(INT64_MIN), &got));
    ck_assert(got == INT64_MIN);
    ck_assert(num_to_int64(num_of_int(INT64_MAX), &got));
    ck_assert(got == INT64_MAX);
    ck_assert(!num_to_int64(read_fraction("9223372036854775808"), &got));
    ck_assert(!num_to_int64(read_fraction("-9223372036854775809"), &got));
    ck_assert(!num_to_int64(ratio(1, 2), &got));
    ck_assert(got == INT64_MAX);
    ck_assert(num_fits(num_of_int(INT64_MIN)));
    ck_assert(num_fits(read_fraction("1/9223372036854775807")));
    ck_assert(!num_fits(read_fraction("1/9223372036854775808")));
    ck_assert(!num_fits(read_fraction("9223372036854775808")));
    ck_assert(!num_fits(read_fraction("-9223372036854775809")));
}
END_TEST

/* Numbers on both sides of 64 bits: there short ways of reckoning end and long ones begin. */
START_TEST(reckoning_is_the_same_on_both_sides_of_64_bits) {
    static const char *const near[] = {"0",
                                       "1",
                                       "-1",
                                       "2",
                                       "-3",
                                       "9223372036854775806",
                                       "9223372036854775807",
                                       "9223372036854775808",
                                       "9223372036854775809",
                                       "-9223372036854775807",
                                       "-9223372036854775808",
                                       "-9223372036854775809",
                                       "4294967296",
                                       "-4294967297"};
    static const char *const below[] = {"1",
                                        "2",
                                        "3",
                                        "6",
                                        "4294967296",
                                        "9223372036854775806",
                                        "9223372036854775807",
                                        "9223372036854775808"};
    enum { NEAR = sizeof near / sizeof near[0], BELOW = sizeof below / sizeof below[0] };
    Num all[NEAR * BELOW];
    for (size_t i = 0; i < NEAR; i++)
        for (size_t j = 0; j < BELOW; j++)
            ck_assert(
                num_divide(read_fraction(near[i]), read_fraction(below[j]), &all[i * BELOW + j]));
    for (size_t i = 0; i < NEAR * BELOW; i++)
        for (size_t j = 0; j < NEAR * BELOW; j++) {
            Num a = all[i], b = all[j], there, back, other;
            if (num_add(a, b, &there)) {
                quick_assert(num_add(b, a, &other) && equal(there, other));
                quick_assert(!num_subtract(there, b, &back) || equal(back, a));
                quick_assert(num_compare(there, a) == num_compare(b, num_of_int(0)));
            }
            if (num_multiply(a, b, &there)) {
                quick_assert(num_multiply(b, a, &other) && equal(there, other));
                quick_assert(b.n == 0 || !num_divide(there, b, &back) || equal(back, a));
            }
        }
    /* A product of two such numbers, told by long multiplication. */
    ck_assert(num_multiply(num_of_int(INT64_MAX), num_of_int(-INT64_MAX), &all[0]));
    ck_assert(equal(all[0], read_fraction("-85070591730234615847396907784232501249")));
    ck_assert(num_add(read_fraction("9223372036854775807/9223372036854775806"),
                      read_fraction("9223372036854775806/9223372036854775807"), &all[0]));
    ck_assert(equal(all[0], read_fraction("170141183460469231676347071494755450885/"
                                          "85070591730234615838173535747377725442")));
}
END_TEST

/* floor((2 |n| 10^k + d) / 2d), with the sign: the rule in whole numbers. */
static void round_by_rule(long n, long d, int decimals, char *out, size_t size) {
    long scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    long units = (2 * labs(n) * scale + d) / (2 * d);
    const char *sign = n < 0 && units != 0 ? "-" : "";
    if (decimals == 0)
        snprintf(out, size, "%s%ld", sign, units);
    else
        snprintf(out, size, "%s%ld.%0*ld", sign, units / scale, decimals, units % scale);
}

START_TEST(rounding_is_half_away_from_zero) {
    for (long n = -220; n <= 220; n++)
        for (long d = 1; d <= 40; d++)
            for (int decimals = 0; decimals <= 4; decimals++) {
                char expected[80];
                round_by_rule(n, d, decimals, expected, sizeof expected);
                Num value = ratio(n, d), rounded = untouched;
                quick_str_eq(printed(value, decimals, false), expected);
                quick_assert(num_round(value, decimals, &rounded));
                quick_assert(equal(rounded, read_fraction(expected)));
            }
}
END_TEST

START_TEST(rounding_to_a_base) {
    static const long bases[] = {1, 3, 5, 10, 100};
    Num got = untouched;
    for (size_t i = 0; i < 5; i++)
        for (long n = -305; n <= 305; n++) {
            long steps = (2 * labs(n) + bases[i]) / (2 * bases[i]) * bases[i];
            quick_assert(num_round_to_base(num_of_int(n), bases[i], &got));
            quick_assert(equal(got, num_of_int(n < 0 ? -steps : steps)));
        }
    quick_assert(num_round_to_base(ratio(499, 200), 5, &got));
    quick_assert(equal(got, num_of_int(0)));
    quick_assert(num_round_to_base(ratio(5, 2), 5, &got));
    quick_assert(equal(got, num_of_int(5)));
    got = untouched;
    quick_assert(!num_round_to_base(num_of_int(1), 0, &got));
    quick_assert(!num_round_to_base(num_of_int(1), -5, &got));
    quick_assert(!num_round(ratio(1, 3), 19, &got));
    quick_assert(!num_round(ratio(1, 3), -1, &got));
    quick_assert(!num_round(read_fraction("170141183460469231731687303715884105727/2"), 18, &got));
    quick_assert(equal(got, untouched));
}
END_TEST

START_TEST(printing_groups_and_signs) {
    ck_assert_str_eq(printed(num_of_int(0), 0, true), "0");
    ck_assert_str_eq(printed(num_of_int(999), 0, true), "999");
    ck_assert_str_eq(printed(num_of_int(1000), 0, true), "1,000");
    ck_assert_str_eq(printed(num_of_int(-123456), 1, true), "-123,456.0");
    ck_assert_str_eq(printed(num_of_int(1234567), 0, true), "1,234,567");
    ck_assert_str_eq(printed(num_of_scaled(99995, 1), 0, true), "10,000");
    ck_assert_str_eq(printed(num_of_scaled(-4, 1), 0, false), "0");
    ck_assert_str_eq(printed(num_of_scaled(-49, 3), 1, false), "0.0");
    ck_assert_str_eq(printed(num_of_scaled(-50, 3), 1, false), "-0.1");
    ck_assert_str_eq(printed(num_of_scaled(-129, 1), 2, false), "-12.90");
    ck_assert_str_eq(printed(read_fraction("170141183460469231731687303715884105727"), 3, true),
                     "170,141,183,460,469,231,731,687,303,715,884,105,727.000");
    ck_assert_str_eq(printed(ratio(2, 3), 45, false),
                     "0.666666666666666666666666666666666666666666667");
}
END_TEST

START_TEST(exact_decimals_are_the_shortest) {
    static const char *const exact[] = {"0",    "0.5",  "20.7",   "12",  "-0.125",
                                        "1000", "0.01", "-2.675", "0.1", "0.000000000000000001"};
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        StrBuf buf = {0};
        ck_assert(num_print_exact(&buf, read_fraction(exact[i])));
        ck_assert_str_eq(strbuf_text(&buf), exact[i]);
        strbuf_fini(&buf);
    }
    StrBuf buf = {0};
    ck_assert(!num_print_exact(&buf, ratio(1, 3)));
    ck_assert(!num_print_exact(&buf, ratio(1, 7)));
    ck_assert(!num_print_exact(&buf, ratio(5, 6)));
    ck_assert(!num_print_exact(&buf, read_fraction("1/10000000000000000000")));
    ck_assert_str_eq(strbuf_text(&buf), "");
    ck_assert(num_print_exact(&buf, read_fraction("3/262144")));
    ck_assert_str_eq(strbuf_text(&buf), "0.000011444091796875");
    strbuf_fini(&buf);
}
END_TEST

typedef struct ParseCase {
    const char *text;
    bool good;
    int64_t n, d;
    int decimals;
} ParseCase;

static const ParseCase parse_cases[] = {
    {"0", true, 0, 1, 0},
    {"-0", true, 0, 1, 0},
    {"-0.00", true, 0, 1, 2},
    {"12", true, 12, 1, 0},
    {"+12", true, 12, 1, 0},
    {"-12.50", true, -25, 2, 2},
    {"007", true, 7, 1, 0},
    {".5", true, 1, 2, 1},
    {"20.7", true, 207, 10, 1},
    {"1.00000000000000000000000000000000000000000000000000", true, 1, 1, 50},
    {"00000000000000000000000000000000000000000000000000001", true, 1, 1, 0},
    {"9223372036854775807", true, INT64_MAX, 1, 0},
    {"", false, 0, 0, 0},
    {"-", false, 0, 0, 0},
    {".", false, 0, 0, 0},
    {"-.", false, 0, 0, 0},
    {"--1", false, 0, 0, 0},
    {"1e3", false, 0, 0, 0},
    {"1,000", false, 0, 0, 0},
    {" 1", false, 0, 0, 0},
    {"1 ", false, 0, 0, 0},
    {"1.2.3", false, 0, 0, 0},
    {"12a", false, 0, 0, 0},
    {"0x10", false, 0, 0, 0},
    {"NaN", false, 0, 0, 0},
    {"170141183460469231731687303715884105728", false, 0, 0, 0},
    {"340282366920938463463374607431768211456", false, 0, 0, 0},
    {"9999999999999999999999999999999999999999999999", false, 0, 0, 0},
    {"0.000000000000000000000000000000000000000000000001", false, 0, 0, 0},
};

START_TEST(texts_are_read) {
    const ParseCase *c = &parse_cases[_i];
    Num got = untouched;
    int decimals = -1;
    ck_assert_int_eq(num_parse(c->text, strlen(c->text), &got, &decimals), c->good);
    ck_assert(equal(got, c->good ? ratio(c->n, c->d) : untouched));
    ck_assert_int_eq(decimals, c->good ? c->decimals : -1);
}
END_TEST

/* The same value as numbers that do not fit in 64 bits. */
START_TEST(small_and_large_numbers_are_printed_alike) {
    const Int128 large = (Int128)1 << 64;
    uint64_t seed = 20261130;
    for (int i = 0; i < 20000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        int64_t n = (int64_t)(seed >> (seed % 61 + 3)), d = (int64_t)(seed >> 40) % 3000 + 1;
        Num small = {i % 2 ? -n : n, d}, same = {small.n, small.d};
        if (n < (int64_t)1 << 40) {
            same.n *= large;
            same.d *= large;
        }
        for (int decimals = 0; decimals <= 13; decimals++) {
            char text[64];
            snprintf(text, sizeof text, "%s", printed(small, decimals, i % 3 == 0));
            quick_str_eq(text, printed(same, decimals, i % 3 == 0));
        }
    }
    ck_assert_str_eq(printed((Num){INT64_MAX, 1}, 0, true), "9,223,372,036,854,775,807");
    ck_assert_str_eq(printed((Num){-(Int128)INT64_MAX, 2}, 0, false), "-4611686018427387904");
    ck_assert_str_eq(printed((Num){1, INT64_MAX / 10}, 18, false), "0.000000000000000001");
    ck_assert_str_eq(printed((Num){9999995, 1000000}, 5, false), "10.00000");
    ck_assert_str_eq(printed((Num){-4, 1000}, 2, false), "0.00");
}
END_TEST

START_TEST(only_the_given_bytes_are_read) {
    Num got;
    ck_assert(num_parse("12,34", 2, &got, NULL));
    ck_assert(equal(got, num_of_int(12)));
    ck_assert(!num_parse("1\0002", 3, &got, NULL));
}
END_TEST

Suite *num_suite(void) {
    Suite *suite = suite_create("num");
    TCase *tests = tcase_create("num");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, small_fractions_agree_with_plain_integers);
    tcase_add_loop_test(tests, large_fractions_agree_with_long_arithmetic, 0,
                        (int)(sizeof big_cases / sizeof big_cases[0]));
    tcase_add_test(tests, close_large_values_are_told_apart);
    tcase_add_test(tests, what_does_not_fit_is_refused);
    tcase_add_test(tests, numbers_are_made_from_integers_and_scaled_ones);
    tcase_add_test(tests, integers_are_taken_out_again);
    tcase_add_test(tests, reckoning_is_the_same_on_both_sides_of_64_bits);
    tcase_add_test(tests, rounding_is_half_away_from_zero);
    tcase_add_test(tests, rounding_to_a_base);
    tcase_add_test(tests, printing_groups_and_signs);
    tcase_add_test(tests, exact_decimals_are_the_shortest);
    tcase_add_loop_test(tests, texts_are_read, 0,
                        (int)(sizeof parse_cases / sizeof parse_cases[0]));
    tcase_add_test(tests, only_the_given_bytes_are_read);
    tcase_add_test(tests, small_and_large_numbers_are_printed_alike);
    suite_add_tcase(suite, tests);
    return suite;
}
