// The search of the catalogue's index, typed into as a reader would. A line for each thing tried, "ok"
// or "not" first.
//
// usage: node search.mjs MODULES BROWSER INDEX     MODULES: the folder that has playwright-core
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [modules, executablePath, index] = process.argv.slice(2);
const { chromium } = createRequire(resolve(modules, "package.json"))("playwright-core");
const address = pathToFileURL(resolve(index)).href;
const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

function say(good, what) {
    console.log(`${good ? "ok" : "not"} ${what}`);
}

const shown = (page) => page.locator("tbody tr:visible").count();
const page = await browser.newPage();
await page.goto(address);
const all = await shown(page);
say(all > 10 && await page.locator("#words").isVisible(), "all are shown, and a field to search");
await page.locator("#words").pressSequentially("ADOPTION days");
const few = await shown(page);
say(few > 0 && few < all, "words in any order, of either case, leave some");
say(await page.locator("#found").textContent() === `${few} of ${all} indicators`, "it says how many");
await page.locator("#words").fill("ssd_cp_plans");
say(await shown(page) > 0, "a table is found by its name");
await page.locator("#words").fill("no such words");
say(await shown(page) === 0, "what is nowhere leaves none");
await page.locator("#words").fill("");
say(await shown(page) === all, "an empty field shows all again");

const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
await plain.goto(address);
say(await shown(plain) === all && !(await plain.locator("#words").isVisible()),
    "without scripts all are shown, and no field");
await browser.close();
