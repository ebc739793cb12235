import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;

/** A zip of these files, uncompressed. */
export function zip(files: Record<string, string | Buffer>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content);
    const path = Buffer.from(name);
    // Flags, method, time and date are 0: stored, at no time.
    const common = bytes([2, VERSION], [8, 0], [4, crc32(data)], [4, data.length], [4, data.length], [2, path.length]);
    const local = Buffer.concat([bytes([4, LOCAL]), common, bytes([2, 0]), path, data]);
    locals.push(local);
    centrals.push(Buffer.concat([bytes([4, CENTRAL], [2, VERSION]), common, bytes([12, 0], [4, offset]), path]));
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const count = centrals.length;
  const end = bytes([4, END], [4, 0], [2, count], [2, count], [4, central.length], [4, offset], [2, 0]);
  return Buffer.concat([...locals, central, end]);
}

/** Numbers in so many bytes each, the lowest first. */
function bytes(...fields: [size: number, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([size, value]) => {
      const field = Buffer.alloc(size);
      if (value !== 0) field.writeUIntLE(value, 0, size);
      return field;
    }),
  );
}
