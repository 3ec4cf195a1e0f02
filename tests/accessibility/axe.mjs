// Opens each page in a headless browser, at the width of a desk, of a telephone and as printed, and
// lists what axe-core finds wrong; TAP on standard output.
//
// usage: node axe.mjs MODULES BROWSER PAGE...     MODULES: the folder that has axe-core and
//                                                 playwright-core
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { basename, resolve } from "node:path";

const [modules, executablePath, ...pages] = process.argv.slice(2);
const load = createRequire(resolve(modules, "package.json"));
const { chromium } = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
// All rules, best practice and the strictest contrast (7:1) among them.
const tags = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const views = [
    { name: "desk", width: 1280, height: 900, media: "screen" },
    { name: "telephone", width: 360, height: 740, media: "screen" },
    { name: "paper", width: 794, height: 1123, media: "print" },
];

function lines(violations) {
    return violations.flatMap((v) =>
        v.nodes.map((n) => `#   ${v.id}: ${v.help}: ${n.html.replace(/\s+/g, " ").slice(0, 160)}`)
    );
}

const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let count = 0, failed = 0;
for (const page of pages)
    for (const view of views) {
        const tab = await browser.newPage({ viewport: { width: view.width, height: view.height } });
        const asked = [];
        tab.on("request", (request) => asked.push(request.url()));
        await tab.emulateMedia({ media: view.media });
        await tab.goto(pathToFileURL(resolve(page)).href);
        await tab.evaluate(axe);
        const result = await tab.evaluate(
            (values) => window.axe.run({ runOnly: { type: "tag", values } }), tags);
        const found = lines(result.violations);
        const wider = await tab.evaluate(() =>
            document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wider > 0 && view.media === "screen")
            found.push(`#   the page is ${wider} pixels wider than the window`);
        if (result.passes.length === 0)
            found.push("#   no rule was tried");
        if (asked.length !== 1)
            found.push(...asked.slice(1).map((url) => `#   it asks for ${url}`));
        count++;
        failed += found.length > 0;
        console.log(`${found.length ? "not ok" : "ok"} ${count} - ${basename(page)}: ${view.name}`);
        for (const line of found)
            console.log(line);
        console.log(`# note: ${basename(page)}, ${view.name}: ${result.passes.length} rules passed, ` +
            `${result.violations.length} not, ${result.incomplete.length} for a person to look at` +
            result.incomplete.map((rule) => `; ${rule.id} (${rule.nodes.length})`).join(""));
        await tab.close();
    }
await browser.close();
console.log(`1..${count}`);
process.exitCode = failed ? 1 : 0;
