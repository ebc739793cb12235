import { rename, writeFile } from 'node:fs/promises';
import { bundlePath, bundleWorkflows } from './bundle.ts';
import { createLogger } from './logging.ts';

// The last step of `npm run build`: `node dist/worker/build-bundle.js`.
if (bundlePath === undefined) throw new Error('Run the compiled file: node dist/worker/build-bundle.js');
const { code } = await bundleWorkflows(createLogger('warn', 'build'));
const draft = `${bundlePath}.draft`;
await writeFile(draft, code);
await rename(draft, bundlePath);
