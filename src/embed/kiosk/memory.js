// The memory of every WebAssembly program of this page, those included that have crashed, to be overwritten when the guest
// has gone. Must be loaded before any of them is started.

const memories = new Set();

function note(instance) {
  for (const one of Object.values(instance.exports)) if (one instanceof WebAssembly.Memory) memories.add(one);
}

if (globalThis.WebAssembly) {
  const { Instance, instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(...given) {
      super(...given);
      note(this);
    }
  };
  const noting = (start) => async (...given) => {
    const started = await start.apply(WebAssembly, given);
    note(started.instance ?? started);
    return started;
  };
  WebAssembly.instantiate = noting(instantiate);
  if (instantiateStreaming) WebAssembly.instantiateStreaming = noting(instantiateStreaming);
}

// Overwrites all of it. No program runs afterwards; what is still called has only a stack to write to, so whoever lets the
// page go does it again.
export function overwrite() {
  for (const memory of memories) new Uint8Array(memory.buffer).fill(0);
}
