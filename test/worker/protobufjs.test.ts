import { expect, test } from 'vitest';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

test('the SDK’s packages share one protobufjs; with two, histories in JSON do not replay', () => {
  const copies = ['common', 'proto', 'worker'].map((name) =>
    require.resolve('protobufjs', { paths: [require.resolve(`@temporalio/${name}`)] }),
  );
  expect(new Set(copies).size).toBe(1);
});
