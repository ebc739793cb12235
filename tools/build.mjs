// npm run build: dist/, the workflow bundle, and the `onboard` command.
import { build } from './bootstrap/build.mjs';

build();
