import type { Logger } from '@temporalio/common';
import {
  encodeSearchAttributeIndexedValueType,
  type SearchAttributeType,
} from '@temporalio/common/lib/search-attributes.js';
import type { NativeConnection } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../contract/search-attributes.ts';
import { StartRefused } from './errors.ts';

type Services = Pick<NativeConnection, 'workflowService' | 'operatorService'>;

/** As in grpc.status. */
const NOT_FOUND = 5;

/** As `temporal operator search-attribute create` calls them. */
const CLI_TYPES: Partial<Record<SearchAttributeType, string>> = { KEYWORD: 'Keyword', DATETIME: 'Datetime' };

/**
 * Makes sure that the namespace is there and has our search attributes; adds missing ones where the server lets us.
 * Fails `StartRefused` with what to do where it does not: without them the first task of a run would fail for ever.
 */
export async function prepareNamespace(connection: Services, namespace: string, log: Logger): Promise<void> {
  await checkNamespace(connection, namespace);
  const missing = await missingAttributes(connection, namespace);
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, indexedType(type)])),
    });
  } catch {
    // Another worker that started at the same moment may have added them.
    if ((await missingAttributes(connection, namespace)).length === 0) return;
    const flags = missing.map(({ name, type }) => `--name ${name} --type ${CLI_TYPES[type] ?? type}`).join(' ');
    throw new StartRefused(
      'SearchAttributesMissing',
      `The namespace lacks search attributes and this worker may not add them; let an administrator run: temporal operator search-attribute create --namespace ${namespace} ${flags} (Temporal Cloud: add them in the settings of the namespace).`,
    );
  }
  log.info('search attributes added', { searchAttributes: missing.map(({ name }) => name) });
}

async function checkNamespace(connection: Services, namespace: string): Promise<void> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (grpcStatus(error) !== NOT_FOUND) throw error;
    throw new StartRefused(
      'NamespaceMissing',
      `The namespace ${namespace} does not exist; set TEMPORAL_NAMESPACE, or create it: temporal operator namespace create --namespace ${namespace}`,
    );
  }
}

async function missingAttributes(connection: Services, namespace: string): Promise<typeof SEARCH_ATTRIBUTES> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const wrong = SEARCH_ATTRIBUTES.filter(
    ({ name, type }) => ![undefined, indexedType(type)].includes(customAttributes[name]),
  );
  if (wrong.length === 0) return SEARCH_ATTRIBUTES.filter(({ name }) => customAttributes[name] === undefined);
  const names = wrong.map(({ name, type }) => `${name} (must be ${CLI_TYPES[type] ?? type})`).join(', ');
  throw new StartRefused(
    'SearchAttributesMissing',
    `The namespace has search attributes of another type than ours: ${names}; use a namespace of its own.`,
  );
}

function indexedType(type: SearchAttributeType) {
  return encodeSearchAttributeIndexedValueType(type) ?? 0;
}

function grpcStatus(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
