import { createServer, type Server } from 'node:net';
import { choosePort, freePorts } from '../../tools/process/ports.ts';

const WISH = { name: 'the sandbox', variable: 'SANDBOX_PORT' };

async function taken(): Promise<{ server: Server; port: number }> {
  const [port] = await freePorts(1);
  const server = createServer();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return { server, port: port! };
}

test('the usual port is taken when it is free, and nothing is said', async () => {
  const [usual] = await freePorts(1);
  const said: string[] = [];
  expect(await choosePort({ ...WISH, usual: usual! }, {}, (line) => said.push(line))).toBe(usual);
  expect(said).toEqual([]);
});

test('another free one is taken when the usual one is not, and that is said', async () => {
  const { server, port: usual } = await taken();
  const said: string[] = [];
  const port = await choosePort({ ...WISH, usual }, {}, (line) => said.push(line));
  expect(port).not.toBe(usual);
  expect(said).toEqual([`Port ${usual} is taken, so the sandbox is on ${port} (set SANDBOX_PORT to choose).`]);
  server.close();
});

test('a port that was set and is taken is an error that names the variable', async () => {
  const { server, port } = await taken();
  const chosen = choosePort({ ...WISH, usual: 8235 }, { SANDBOX_PORT: String(port) }, () => undefined);
  await expect(chosen).rejects.toThrow(`Port ${port}, set by SANDBOX_PORT, is taken: stop the program`);
  server.close();
});

test.each(['0', '65536', '80a', '-1'])('a port set to %s is an error', async (text) => {
  const chosen = choosePort({ ...WISH, usual: 8235 }, { SANDBOX_PORT: text }, () => undefined);
  await expect(chosen).rejects.toThrow('SANDBOX_PORT must be a port from 1 to 65535.');
});

test('several free ports are different ones, and none that an outgoing connection could take', async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
  expect(Math.max(...ports)).toBeLessThan(32_768);
});
