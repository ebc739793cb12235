import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { NativeConnection } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.ts';
import { createLogger } from '../../worker/logging.ts';
import { prepareNamespace } from '../../worker/namespace.ts';

const { INDEXED_VALUE_TYPE_TEXT: TEXT } = proto.temporal.api.enums.v1.IndexedValueType;
const NAMES = SEARCH_ATTRIBUTES.map(({ name }) => name);

const lines: string[] = [];
const log = createLogger('info', 'test', { write: (line) => void lines.push(line) });

let connection: NativeConnection;
beforeAll(async () => {
  connection = await NativeConnection.connect({ address: process.env.TEST_TEMPORAL_ADDRESS! });
});
afterAll(async () => connection.close());

describe('a namespace without our search attributes', () => {
  test('gets them, with a line in the log, and stays as it is the next time', async () => {
    const namespace = await newNamespace();
    await prepareNamespace(connection, namespace, log);
    expect(await attributesOf(namespace)).toEqual(expect.arrayContaining(NAMES));
    expect(lines.splice(0).join()).toContain('search attributes added');
    await prepareNamespace(connection, namespace, log);
    expect(lines).toEqual([]);
  });

  test('takes workers that start at the same moment', async () => {
    const namespace = await newNamespace();
    await Promise.all([1, 2, 3, 4].map(() => prepareNamespace(connection, namespace, log)));
    expect(await attributesOf(namespace)).toEqual(expect.arrayContaining(NAMES));
    lines.splice(0);
  });

  test('that may not be changed stops the start, and the command to run is named', async () => {
    const namespace = await newNamespace();
    const { workflowService, operatorService } = connection;
    const restricted = {
      listSearchAttributes: operatorService.listSearchAttributes.bind(operatorService),
      addSearchAttributes: () => Promise.reject(new Error('PERMISSION_DENIED')),
    };
    const services = { workflowService, operatorService: Object.assign(Object.create(operatorService), restricted) };
    await expect(prepareNamespace(services, namespace, log)).rejects.toMatchObject({
      code: 'SearchAttributesMissing',
      message: expect.stringContaining(
        `search-attribute create --namespace ${namespace} --name OnboardingStage --type Keyword`,
      ),
    });
  });
});

test('an attribute of another type under our name stops the start', async () => {
  const namespace = await newNamespace();
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { OnboardingStage: TEXT } });
  await expect(prepareNamespace(connection, namespace, log)).rejects.toMatchObject({
    code: 'SearchAttributesMissing',
    message: expect.stringContaining('OnboardingStage (must be Keyword)'),
  });
});

test('a namespace that does not exist stops the start', async () => {
  await expect(prepareNamespace(connection, 'nowhere', log)).rejects.toMatchObject({ code: 'NamespaceMissing' });
});

async function newNamespace(): Promise<string> {
  const namespace = `test-${randomUUID()}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await found(namespace);
  return namespace;
}

/** A new namespace reaches the server's caches a little later. */
async function found(namespace: string): Promise<void> {
  for (;;) {
    try {
      await connection.operatorService.listSearchAttributes({ namespace });
      await connection.workflowService.describeNamespace({ namespace });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function attributesOf(namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.keys(customAttributes);
}
