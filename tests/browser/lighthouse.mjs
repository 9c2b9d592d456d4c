// Lighthouse on each address given, one browser for all: one line of JSON for each, with its scores and what lowered them.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const chrome = await launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: ["--headless=new", ...process.env.CHROME_FLAGS.split(" ")],
  logLevel: "error",
});
try {
  for (const address of process.argv.slice(2)) {
    const { lhr } = await lighthouse(address, {
      port: chrome.port,
      logLevel: "error",
      disableFullPageScreenshot: true,
      skipAudits: (process.env.SKIP_AUDITS || "").split(",").filter(Boolean),
    });
    const scores = {};
    const lowered = [];
    for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
      scores[id] = Math.round(score * 100);
      for (const { id: name, weight } of auditRefs) {
        const audit = lhr.audits[name];
        if (weight && audit && audit.score !== null && audit.score < 0.9) lowered.push(`${name} ${audit.displayValue || ""}`.trim());
      }
    }
    console.log(JSON.stringify({ address, scores, lowered }));
  }
} finally {
  await chrome.kill();
}
