/*
 * Commands for those who run Funlet. Each opens the databases of the configuration, does its one thing
 * and leaves them as it found them: an embedded PostgreSQL that was running goes on running.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { EVENT_TYPES } from './behavior/vocabulary.ts';
import { checkLog } from './compose/commands/complete.ts';
import type { CommandDeps } from './compose/commands/deps.ts';
import { endByHand, retryByHand, showInstance } from './compose/commands/instance.ts';
import { printLog } from './compose/commands/logs.ts';
import { listQuarantine, replayQuarantine } from './compose/commands/quarantine.ts';
import { readReplies } from './compose/commands/replies.ts';
import { DEFAULT_REPLIES, RepliesProblem, scoreFile } from './compose/commands/score.ts';
import { snapshotByHand } from './compose/commands/snapshot.ts';
import { printToken, refuseProduction, type TokenFlags } from './compose/commands/token.ts';
import { type Databases, openDatabases, openPools } from './compose/database.ts';
import { ConfigProblems, isProduction, readConfig } from './config.ts';

export function program(print: (line: string) => void): Command {
  const cli = new Command('funlet')
    .description('Look after a Funlet server: its log, its quarantine, its instances')
    .exitOverride()
    .configureOutput({ writeOut: (out) => print(out.trimEnd()) });
  const act =
    <A extends readonly unknown[]>(run: (deps: CommandDeps, ...args: A) => Promise<number>) =>
    async (...args: [...A, ...unknown[]]) => {
      process.exitCode = await withDatabases(print, (deps) => run(deps, ...(args as unknown as A)));
    };

  cli
    .command('logs')
    .description('print rows of the behavior log')
    .option('-f, --follow', 'go on with rows as they come')
    .option('--json', 'whole rows, one JSON object a line')
    .option('--limit <rows>', 'at most so many, the last ones', '100')
    .option('--session <id>', 'of one session')
    .option('--phone <number>', 'of one invitee, E.164')
    .option('--event <id>', 'of one event')
    .option('--run <id>', 'of one run of a flow')
    .option('--correlation <id>', 'of one request and what it caused')
    .option('--since <time>', 'from this time on, ISO 8601')
    .addOption(new Option('--type <type>', 'of one type').choices(EVENT_TYPES))
    .action(act(printLog));

  const quarantine = cli.command('quarantine').description('log rows that break the contract');
  quarantine.command('list').description('print them, with the reason').action(act(listQuarantine));
  quarantine
    .command('replay')
    .description('check them again and put those into the log that keep the contract now')
    .action(act(replayQuarantine));

  cli
    .command('complete')
    .description('hold the log against what the instances have logged; exit 1 if a row is missing')
    .action(act(checkLog));

  const instance = cli.command('instance').description('one instance, by its id');
  instance.command('show <id>').description('where it stands').action(act(showInstance));
  instance.command('retry <id>').description('let a parked one try again').action(act(retryByHand));
  instance
    .command('end <id>')
    .description('end it where it stands, without a step')
    .action(act(endByHand));
  instance
    .command('snapshot <id>')
    .description('put where it stands into the log, as one state_snapshot')
    .action(act(snapshotByHand));

  addToken(cli, print);
  cli
    .command('replies [file]')
    .description(
      `how well replies are understood: the score of a file of labelled lines (${DEFAULT_REPLIES})`,
    )
    .option(
      '--each',
      'instead how each line is understood (text, or JSON with text, ctx, options), by default of the standard input',
    )
    .action(async (file: string | undefined, { each }: { readonly each?: true }) => {
      if (each) {
        const source = file === undefined ? text(process.stdin) : readFile(file, 'utf8');
        return readReplies(await source, print);
      }
      if (!(await scoreFile(file ?? DEFAULT_REPLIES, print))) process.exitCode = 1;
    });
  return cli;
}

/** A command without a database. */
function addToken(cli: Command, print: (line: string) => void): void {
  cli
    .command('token')
    .description('print a token for development, a year long, that may read the whole log')
    .addOption(
      new Option('--platform <platform>', 'what pushes go to is the app')
        .choices(['web', 'ios_app'])
        .default('web'),
    )
    .option('--organizer <id>', 'whose, a uuid; by default of whom npm start prints one')
    .option('--device <id>', 'on which device; by default one for each platform')
    .action(async (flags: TokenFlags) => {
      refuseProduction(isProduction());
      await printToken(readConfig(), flags, {
        ...{ now: Date.now, print },
        secret: () => randomBytes(32).toString('base64url'),
      });
    });
}

async function withDatabases(
  print: (line: string) => void,
  run: (deps: CommandDeps) => Promise<number>,
): Promise<number> {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => ending.abort());
  }
  const config = readConfig();
  if (config.databaseUrl === undefined && !existsSync(config.dataDir)) {
    throw new ConfigProblems([
      `There is no database in ${config.dataDir}: set DATA_DIR or DATABASE_URL to that of the server.`,
    ]);
  }
  const databases = await openDatabases(config, () => undefined);
  const { url, behaviorUrl } = databases;
  const pools = openPools({ url, behaviorUrl });
  try {
    const { signal } = ending;
    const { version } = manifest;
    return await run({ pools, now: Date.now, id: randomUUID, version, signal, print });
  } finally {
    await pools.end();
    await leave(databases);
  }
}

const leave = async ({ inUse, stop }: Databases): Promise<void> => {
  if (!(await inUse())) await stop();
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await program(console.log).parseAsync();
  } catch (error) {
    const { code, exitCode } = error as { code?: string; exitCode?: number };
    if (code?.startsWith('commander.') === true) process.exitCode = exitCode ?? 1;
    else {
      const isToldInASentence = error instanceof ConfigProblems || error instanceof RepliesProblem;
      console.error(isToldInASentence ? error.message : error);
      process.exitCode = 1;
    }
  }
}
