/* A real browser, where one is installed: as Debian's package, or wherever CHROMIUM says. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Its path; undefined where there is none. */
export const chromiumPath = (): string | undefined =>
  process.env.CHROMIUM || PLACES.find((path) => existsSync(path));

/** As root, in a container, Chromium's own sandbox does not start. */
export const startChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
