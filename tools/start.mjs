// npm start. Runs before anything is installed, so only Node's own modules are imported at the top.
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { build } from './bootstrap/build.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { checkNode } from './bootstrap/node-version.mjs';
import { whenNpmEnds } from './bootstrap/parent.mjs';

const HELP = `npm start [-- OPTIONS]

Starts everything on this machine and onboards the family of examples/family.json: a Temporal server with its UI, a
sandbox of the provider, the HTTP gateway, whose codec lets the UI show clear text, and a worker. Data is kept in .onboarding/,
so it goes on where it was. Stays up until Ctrl+C.

  --once      exit after the onboarding: 0 if its outcome is "completed" and the sandbox's ledger proves every step
  --by-hand   leave the customer's part (mail, eID, invitations) to you, on the sandbox's page
  --provider  at whose sandbox: defentry (the default), tulo-payway or facilioo
  --help      this text

Environment (each optional):
  TEMPORAL_ADDRESS         a Temporal server that is running; none is started then
  TEMPORAL_CLI_PATH        the temporal command to start the server with
  TEMPORAL_PORT            port of the server, usually 7233
  TEMPORAL_UI_PORT         port of its UI, usually 8233
  GATEWAY_PORT             port of the HTTP gateway, usually 8234
  SANDBOX_PORT             port of the sandbox, usually 8235
  NO_COLOR                 plain output
`;

const root = new URL('../', import.meta.url);
checkNode(root);
process.chdir(fileURLToPath(root));
const options = readOptions();
whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
await ensureDependencies();
build();
const { start } = await import('../dist/tools/start/main.js');
await start(options);

function readOptions() {
  const known = {
    once: { type: 'boolean' },
    'by-hand': { type: 'boolean' },
    provider: { type: 'string', default: 'defentry' },
    help: { type: 'boolean', short: 'h' },
  };
  try {
    const { values } = parseArgs({ options: known });
    if (values.help) exit(process.stdout, HELP, 0);
    return { once: values.once ?? false, byHand: values['by-hand'] ?? false, provider: values.provider };
  } catch (error) {
    return exit(process.stderr, `${error.message}\n\n${HELP}`, 2);
  }
}

function exit(stream, text, code) {
  stream.write(text);
  return process.exit(code);
}
