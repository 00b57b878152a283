// Makes a PNG small: keeps the colours that are most of it, paints the edges of letters, which have hundreds, in the nearest
// of them, and writes each dot as the number of its colour. Ends by calling `told` with the PNG in Base64.
const [png, colours, told] = arguments;

const channels = (dot) => [dot & 255, (dot >> 8) & 255, (dot >> 16) & 255];
const distance = (one, other) => one.reduce((sum, channel, at) => sum + (channel - other[at]) ** 2, 0);

// The colours, and for each colour of the picture the number of the nearest.
function palette(dots) {
  const counts = new Map();
  for (const dot of dots) counts.set(dot, (counts.get(dot) ?? 0) + 1);
  const kept = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one)).slice(0, colours).map(channels);
  const numbers = new Map();
  for (const dot of counts.keys()) {
    const far = kept.map((colour) => distance(channels(dot), colour));
    numbers.set(dot, far.indexOf(Math.min(...far)));
  }
  return { kept, numbers };
}

const CRC = Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte >>> 0;
});

function chunk(kind, data) {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(kind), 4);
  bytes.set(data, 8);
  let crc = 0xffffffff;
  for (const byte of bytes.subarray(4, -4)) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  view.setUint32(data.length + 8, ~crc >>> 0);
  return bytes;
}

async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function shrink({ width, height, data }) {
  const dots = new Uint32Array(data.buffer);
  const { kept, numbers } = palette(dots);
  // Each line begins with its filter, which is none.
  const lines = new Uint8Array((width + 1) * height);
  dots.forEach((dot, at) => (lines[at + 1 + Math.floor(at / width)] = numbers.get(dot)));
  const head = new Uint8Array(13);
  new DataView(head.buffer).setUint32(0, width);
  new DataView(head.buffer).setUint32(4, height);
  // Eight bits for a dot, each the number of a colour.
  head.set([8, 3], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [chunk("IHDR", head), chunk("PLTE", Uint8Array.from(kept.flat())), chunk("IDAT", await deflated(lines))];
  return new Blob([signature, ...parts, chunk("IEND", new Uint8Array())]);
}

const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
createImageBitmap(new Blob([bytes], { type: "image/png" })).then(async (picture) => {
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const reader = new FileReader();
  reader.onload = () => told(reader.result.split(",")[1]);
  reader.readAsDataURL(await shrink(context.getImageData(0, 0, picture.width, picture.height)));
});
