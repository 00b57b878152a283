// Bundles the pages of the end-to-end tests, and what a server renders with React 18, into target/packages. Wants esbuild on
// the search path; `cargo xtask test --only packages` sees to it.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { compileScript, parse } from "vue/compiler-sfc";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const out = fileURLToPath(new URL("../../../target/packages/", import.meta.url));

const OLD_REACT = ["--alias:react=react-18", "--alias:react-dom=react-dom-18"];
const VUE = ["__VUE_OPTIONS_API__", "__VUE_PROD_DEVTOOLS__", "__VUE_PROD_HYDRATION_MISMATCH_DETAILS__"];

function bundle(from, to, more) {
  const args = ["--bundle", "--target=es2022", "--log-level=warning", "--jsx=automatic"];
  args.push('--define:process.env.NODE_ENV="development"', `--outfile=${out}${to}`, ...more, from);
  execFileSync("esbuild", args, { cwd: packages, stdio: "inherit" });
}

/** Vue's single files are for bundlers; this is what their plugins do. */
function compileVue() {
  const { descriptor } = parse(readFileSync(`${packages}examples/vue/Checkout.vue`, "utf8"));
  const { content } = compileScript(descriptor, { id: "checkout", inlineTemplate: true });
  mkdirSync(`${packages}examples/vue/dist`, { recursive: true });
  writeFileSync(`${packages}examples/vue/dist/Checkout.ts`, content);
}

compileVue();
bundle("tests/pages/react.tsx", "react-19.js", ["--format=esm"]);
bundle("tests/pages/react.tsx", "react-18.js", ["--format=esm", ...OLD_REACT]);
bundle("tests/pages/vue.js", "vue.js", ["--format=esm", ...VUE.map((flag) => `--define:${flag}=false`)]);
bundle("tests/server/react-18.js", "react-18-server.cjs", ["--platform=node", "--format=cjs", ...OLD_REACT]);
