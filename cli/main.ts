#!/usr/bin/env node
import { runCommand } from './program.ts';

const { stdin, stdout, stderr } = process;
// A reader such as `head` that has seen enough is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await runCommand(process.argv.slice(2), { stdin, stdout, stderr });
