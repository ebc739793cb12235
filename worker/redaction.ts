import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { EncryptionError } from '../encryption/errors.ts';
import { StartRefused } from './errors.ts';

/** What may stand in a log beside its message. Everything else is dropped, so that a new field of the SDK cannot leak. */
const KEYS = new Set([
  'activityId',
  'activityType',
  'attempt',
  'durationMs',
  'isLocal',
  'namespace',
  'provider',
  'role',
  'runId',
  'sdkComponent',
  'searchAttributes',
  'signal',
  'size',
  'state',
  'taskQueue',
  'workflowId',
  'workflowRunId',
  'workflowType',
]);

/** Ids, names and codes of ours and of Temporal; no address, no blank, and so no sentence. */
const WORD = /^[A-Za-z0-9._:/-]{1,256}$/;
const FRAME = /^ +at (?:[\w$.<>[\] ]+ \()?[\w@./:\\-]+:\d+:\d+\)?$/;
const FRAMES = 6;
const DEPTH = 5;
const REDACTED = '[redacted]';

/** The SDK puts error messages, which may quote anything, after the first colon. */
export function redactMessage(message: string): string {
  return message.split(/[:\n]/, 1)[0]!.slice(0, 160);
}

/** The allowed fields of a log's metadata, with errors as codes. */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(fields)
    .filter(([key]) => KEYS.has(key))
    .map(([key, value]) => [key, redactValue(value)]);
  const error = fields['error'] ?? fields['err'];
  return { ...Object.fromEntries(kept), ...(error !== undefined && redactError(error)) };
}

/**
 * `codes`: those of the error and its causes, outermost first. The message only of errors whose texts are fixed.
 * The stack, without the message in it, where it helps to find a defect.
 */
function redactError(error: unknown): { codes: string; message?: string; stack?: string[] } {
  const codes: string[] = [];
  for (let each = error; each !== undefined && each !== null && codes.length < DEPTH; each = causeOf(each)) {
    codes.push(codeOf(each));
  }
  const text = { codes: codes.join(' < ') };
  if (error instanceof EncryptionError || error instanceof StartRefused) return { ...text, message: error.message };
  const stack = explainsItself(error) ? [] : framesOf(error);
  return stack.length > 0 ? { ...text, stack } : text;
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(redactValue);
  return typeof value === 'string' && WORD.test(value) ? value : REDACTED;
}

/** `type` of an `ApplicationFailure`, `code` of our own and of Node's errors, else the class. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error;
  const candidates: unknown[] = ['type', 'code', 'name'].map((key) => Reflect.get(error, key));
  const found = candidates.find((each) => typeof each === 'string' || typeof each === 'number');
  const word = String(found ?? 'unknown');
  return WORD.test(word) ? word : REDACTED;
}

/** Temporal's own failures and errors with a code say enough. Our `ApplicationFailure`s have no frames unless they are defects. */
function explainsItself(error: unknown): boolean {
  if (error instanceof TemporalFailure) return !(error instanceof ApplicationFailure);
  return typeof error === 'object' && error !== null && 'code' in error;
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}

function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const lines = (error.stack ?? '').split('\n').filter((line) => FRAME.test(line));
  return lines.slice(0, FRAMES).map((line) => line.trim());
}
