// Loads the element's module script, once for the page. Safe where there is no page.

import type { LoyaltyCheckoutConstructor } from "./element.js";

const NAME = "loyalty-checkout";

export interface LoadOptions {
  /** The digest of the file, from `/widget/integrity.json`; for an address with a version. */
  integrity?: string;
  /** The nonce of the page's policy, where it lets in scripts by nonce. */
  nonce?: string;
}

interface Policy {
  createScriptURL(address: string): string;
}

interface Policies {
  createPolicy(name: string, rules: Policy): Policy;
}

let loading: { address: string; defined: Promise<LoyaltyCheckoutConstructor> } | undefined;
let policy: Policy | undefined;

/**
 * Puts the module script at `address` into the page and resolves with the element's class once that is defined; on a server
 * with `undefined`, having done nothing. Asked again, it answers the same. Rejects where the script cannot be had or another
 * address was asked for before; after a failure it can be asked again.
 */
export function load(address: string | URL, options: LoadOptions = {}): Promise<LoyaltyCheckoutConstructor | undefined> {
  if (typeof document === "undefined") return Promise.resolve(undefined);
  const there = customElements.get(NAME) as LoyaltyCheckoutConstructor | undefined;
  if (there) return Promise.resolve(there);
  const wanted = new URL(address, document.baseURI).href;
  if (loading) {
    if (loading.address === wanted) return loading.defined;
    return Promise.reject(new Error(`${NAME} is being loaded from ${loading.address}, not from ${wanted}`));
  }
  const defined = insert(wanted, options);
  loading = { address: wanted, defined };
  defined.catch(() => {
    loading = undefined;
  });
  return defined;
}

function insert(address: string, { integrity, nonce }: LoadOptions): Promise<LoyaltyCheckoutConstructor> {
  return new Promise((resolve, reject) => {
    // A page that has the script in its markup needs no second.
    const present = [...document.scripts].find((script) => script.src === address);
    const script = present ?? document.createElement("script");
    script.addEventListener("error", () => {
      if (!present) script.remove();
      reject(new Error(`${address} cannot be loaded`));
    });
    customElements.whenDefined(NAME).then((made) => resolve(made as LoyaltyCheckoutConstructor), reject);
    if (present) return;
    script.type = "module";
    script.crossOrigin = "anonymous";
    if (integrity) script.integrity = integrity;
    if (nonce) script.nonce = nonce;
    script.src = trusted(address);
    document.head.append(script);
  });
}

/** An address that may become a script's also where Trusted Types are enforced and the page lets our policy in. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  if (!trustedTypes) return address;
  try {
    policy ??= trustedTypes.createPolicy(NAME, { createScriptURL: (plain) => plain });
  } catch {
    // The page lets no such policy in. Where it enforces nothing, a plain address does as well.
    return address;
  }
  return policy.createScriptURL(address);
}
