import { beforeAll, describe, expect, test } from 'vitest';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { tellEveryKind, type Told } from './every-kind.ts';

let told: Told;
let toldInClear: Told;

beforeAll(async () => {
  told = await tellEveryKind(createDataConverter(parseKeyRing(makeKey(), 'test')));
  toldInClear = await tellEveryKind({});
});

describe('what goes in comes out', () => {
  test('arguments, results, heartbeats, local activities, children and failures', () => {
    expect(told.result.split('|')).toEqual([
      'CANARY input echoed',
      'CANARY heartbeat',
      'CANARY local echoed',
      'CANARY failure',
      'CANARY to child done',
      'CANARY child failure',
    ]);
  });

  test('signals from other workflows, and queries', () => {
    expect(told.received).toEqual(['CANARY from child']);
  });

  test('updates, answered and refused', () => {
    expect(told).toMatchObject({ answer: 'CANARY update answered', refusal: 'refused CANARY refuse' });
  });

  test('memo, summary and details of a run', () => {
    expect(told.memo).toEqual({ start: 'CANARY memo' });
    expect(told).toMatchObject({ summary: 'CANARY static summary', details: 'CANARY static details' });
  });

  test('the failure of a run, with its stack', () => {
    expect(told.failure.message).toBe('CANARY of a run');
    expect(told.failure.stack).toContain('activities.ts');
  });
});

// Counts, not texts: a failing test prints no histories.
describe.each(['CANARY', 'activities.ts'])('what the server keeps, searched for %s', (canary) => {
  const found = ({ kept }: Told) => kept.map((text) => text.split(canary).length - 1);

  test('holds it nowhere', () => {
    expect(found(told)).toEqual([0, 0, 0, 0, 0]);
  });

  test('is searched well: without encryption it is found in every run that holds one', () => {
    expect(found(toldInClear).filter((count) => count > 0).length).toBe(canary === 'CANARY' ? 5 : 3);
  });
});

test('failure types stay readable, so that one can act on them without a key', () => {
  const readable = told.kept.map((text) => /"type": "Invalid"/.test(text));
  expect(readable).toEqual([true, false, true, true, false]);
});
