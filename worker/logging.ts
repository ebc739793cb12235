import type { LogLevel, LogMetadata, Logger } from '@temporalio/common';
import { pino, type DestinationStream, type Level } from 'pino';
import { redactFields, redactMessage } from './redaction.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/**
 * The one logger of the worker, its own lines and the SDK's alike: JSON lines on standard output. Messages are fixed texts,
 * fields are those `redaction.ts` allows.
 */
export function createLogger(level: Level, identity: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { identity },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const lines = destination ? pino(options, destination) : pino(options);
  const write = (at: Level, message: string, fields: LogMetadata = {}) =>
    lines[at](redactFields(fields), redactMessage(message));
  return {
    log: (at, message, fields) => write(levelOf(at), message, fields),
    trace: (message, fields) => write('trace', message, fields),
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}

function levelOf(level: LogLevel): Level {
  return LOG_LEVELS.find((each) => each === level.toLowerCase()) ?? 'error';
}
