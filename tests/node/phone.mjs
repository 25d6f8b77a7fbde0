// A person with a phone: opens the address that the QR code holds in headless Chromium at phone size
// and allows or declines. Prints one JSON line {"pages":[{url,title,text,overflow}…]} with every page seen.
//
//   node phone.mjs URL allow|decline [--no-javascript] [--as=PERSON]
//
// Nothing but loopback is reachable for it: the pages must work without any other host.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const [url, decision, ...options] = process.argv.slice(2);
if (!url || !['allow', 'decline'].includes(decision)) {
  console.error('usage: node phone.mjs URL allow|decline [--no-javascript] [--as=PERSON]');
  process.exit(2);
}
const PERSON = options.find((option) => option.startsWith('--as='))?.slice('--as='.length);
const DEADLINE_MS = 60_000;
const NO = /abort|decline|deny|cancel|reject|not me|not mine|don.t/i;
const YES = /allow|continue|confirm|approve|accept|sign.?in|next|yes/i;

const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: [
    '--disable-background-networking', '--disable-component-update', '--disable-gpu', '--disable-quic',
    '--disable-sync', '--no-first-run', '--no-sandbox',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  ],
});
const alarm = setTimeout(() => {
  console.error('phone.mjs: no last page in time');
  process.exit(1);
}, DEADLINE_MS);
try {
  const context = await browser.newContext({
    viewport: { width: 320, height: 640 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    javaScriptEnabled: !options.includes('--no-javascript'),
  });
  console.log(JSON.stringify({ pages: await walk(await context.newPage()) }));
} finally {
  clearTimeout(alarm);
  await browser.close();
}

// Goes from page to page until one has nothing left to press, or the refusal has been pressed.
async function walk(page) {
  const pages = [];
  await page.goto(url, { waitUntil: 'load' });
  for (let refused = false; ;) {
    const { button, refuses } = await choose(page);
    pages.push(await describe(page));
    if (!button || refused) return pages;
    refused = refuses;
    if (pages.length > 8) throw new Error(`no last page: ${JSON.stringify(pages)}`);
    for (const [name, value] of [['login', 'grace'], ['password', 'any']]) {
      const field = page.locator(`input[name=${name}]`);
      if (await field.count()) await field.fill(value);
    }
    const person = page.locator(`input[name=person][value="${PERSON}"]`);
    if (PERSON && await person.count()) await person.check({ force: true });
    const next = page.waitForNavigation({ waitUntil: 'load' });
    await button.tap();
    await next;
  }
}

// The button that says what this person wants. Where a page has no refusal to press (a log-in page that
// stands before the question), a declining person goes on to the next page.
async function choose(page) {
  // A page that submits itself is not the person's to answer.
  await page.waitForLoadState('networkidle');
  const buttons = await page.locator('button:visible, input[type=submit]:visible').all();
  const labelled = await Promise.all(buttons.map(async (button) => ({
    button, label: (await button.innerText().catch(() => '')) || (await button.getAttribute('value')) || '',
  })));
  const no = labelled.find(({ label }) => NO.test(label));
  const yes = labelled.find(({ label }) => YES.test(label) && !NO.test(label));
  const refuses = decision === 'decline' && no !== undefined;
  return { button: (refuses ? no : yes)?.button, refuses };
}

async function describe(page) {
  const overflow = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
  return { url: page.url(), title: await page.title(), text: await page.locator('body').innerText(), overflow };
}

// VESTIBULE_CHROMIUM, or a browser on the PATH, or the one that `playwright-core install` fetched.
function findBrowser() {
  if (process.env.VESTIBULE_CHROMIUM) return process.env.VESTIBULE_CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch { /* not in this folder */ }
    }
  }
  return undefined;
}
