import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

export interface StreamEvent {
  event: string;
  id?: string;
  data: any; // eslint-disable-line
}

export interface Stream {
  status: number;
  headers: Headers;
  events: AsyncGenerator<StreamEvent, void>;
  /** Lines that begin with a colon. */
  beats: () => number;
  leave: () => void;
}

/** Reads server-sent events as html.spec.whatwg.org, section 9.2.6, says. Written from it, not from the gateway. */
export async function follow(url: string, token: string, lastEventId?: string): Promise<Stream> {
  const left = new AbortController();
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  const response = await fetch(url, { headers, signal: left.signal });
  let beats = 0;
  const read = async function* (): AsyncGenerator<StreamEvent, void> {
    if (!response.body) return;
    const take = reader();
    for await (const line of createInterface({ input: Readable.fromWeb(response.body as never) })) {
      if (line.startsWith(':')) beats += 1;
      const event = take(line);
      if (event) yield event;
    }
  };
  return {
    status: response.status,
    headers: response.headers,
    events: read(),
    beats: () => beats,
    leave: () => left.abort(),
  };
}

/** Reads on until an event says so. */
export async function until(stream: Stream, fact: (event: StreamEvent) => boolean): Promise<StreamEvent> {
  for (;;) {
    const next = await stream.events.next();
    if (next.done) throw new Error('the stream ended before what was waited for');
    if (fact(next.value)) return next.value;
  }
}

export async function rest(stream: Stream): Promise<StreamEvent[]> {
  const found: StreamEvent[] = [];
  for await (const event of stream.events) found.push(event);
  return found;
}

/** All events of a stream that has ended. */
export function inStream(text: string): StreamEvent[] {
  const take = reader();
  return text.split('\n').flatMap((line) => take(line) ?? []);
}

/** Takes one line after the other, and answers with the event that a line ends. */
function reader(): (line: string) => StreamEvent | undefined {
  let fields: Record<string, string> = {};
  return (line) => {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields[name] = value!;
    if (line !== '') return undefined;
    const { event, id, data } = fields;
    fields = {};
    return data === undefined ? undefined : { event: event!, data: JSON.parse(data), ...(id !== undefined && { id }) };
  };
}
