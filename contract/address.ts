/** `host` or `host:port`, an IPv6 address in square brackets; what Temporal's clients take as the server's address. */
const HOST_AND_PORT = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?<port>\d{1,5}))?$/;

/** What is wrong with `TEMPORAL_ADDRESS`, in one sentence; nothing when Temporal's clients can take it, or it is left out. */
export function addressProblem(address = 'localhost'): string | undefined {
  const found = HOST_AND_PORT.exec(address);
  if (found && Number(found.groups?.['port'] ?? 1) <= 65_535) return undefined;
  return 'TEMPORAL_ADDRESS: must be host:port, such as temporal.example:7233, without http:// before and without a line break after it; correct it or leave it out.';
}
