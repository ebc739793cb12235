#!/usr/bin/env node
import { misspeltSettings } from '../contract/misspelt.ts';
import { writeLine } from './output.ts';
import { runCommand } from './program.ts';

const { stdin, stdout, stderr } = process;
// A reader such as `head` that has seen enough is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// A program that reads `--json` gets its one document; `onboard config --json` tells it this, too.
if (!process.argv.includes('--json')) for (const line of misspeltSettings(process.env)) writeLine(stderr, line);
process.exitCode = await runCommand(process.argv.slice(2), { stdin, stdout, stderr });
