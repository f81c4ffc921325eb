/** The browser that tests drive: found among what is installed, else installed by Debian's package manager, else asked for in plain words. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const PLACES = [
  "/usr/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Path of a Chromium or Chrome: the one that ENTENTE_BROWSER names, or one that is installed.
 * @throws {Error} that says what to do, where there is none
 */
export function browserPath(): string {
  const path = findBrowser();
  if (path !== undefined) return path;
  throw new Error(
    "The viewer's tests need a browser and none was found. Install Chromium or Google Chrome (Debian, Ubuntu: sudo apt-get install chromium), or set ENTENTE_BROWSER to the path of one.",
  );
}

/** Runs once before all tests: as root on Debian or Ubuntu, a missing browser is installed. */
export default function setup(): void {
  const isRoot = process.getuid?.() === 0;
  if (findBrowser() !== undefined || !isRoot || !existsSync("/usr/bin/apt-get")) return;
  const apt = (...given: string[]) =>
    execFileSync("apt-get", ["-qq", ...given], { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  try {
    apt("update");
    apt("install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation");
  } catch {
    // The tests that need it fail with what to do.
  }
}

function findBrowser(): string | undefined {
  const named = process.env["ENTENTE_BROWSER"];
  if (named) return named;
  const onPath = (process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
