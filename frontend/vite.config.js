import { readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const built = here("../src/marra/web/static/build");

const HOUR = 3_600_000;

// The server sends these instead, to browsers that can read them.
const compressed = {
  name: "compressed",
  writeBundle(_, bundle) {
    for (const file of Object.keys(bundle).filter((name) => /\.(css|js)$/.test(name))) {
      const content = readFileSync(`${built}/${file}`);
      writeFileSync(`${built}/${file}.gz`, gzipSync(content, { level: 9 }));
      writeFileSync(`${built}/${file}.br`, brotliCompressSync(content));
    }
  },
};

// A server that runs, or a page that is open, may still ask for the files of the build before:
// they stay for an hour.
const swept = {
  name: "swept",
  writeBundle(_, bundle) {
    for (const file of readdirSync(built)) {
      const path = `${built}/${file}`;
      const isOurs = file.replace(/\.(gz|br)$/, "") in bundle || file === "manifest.json";
      if (!isOurs && Date.now() - statSync(path).mtimeMs > HOUR) unlinkSync(path);
    }
  },
};

export default defineConfig({
  base: "/static/build/",
  publicDir: false,
  plugins: [compressed, swept],
  build: {
    outDir: built,
    emptyOutDir: false,
    manifest: "manifest.json",
    modulePreload: false,
    assetsInlineLimit: 0,
    target: "es2022",
    rollupOptions: {
      input: { main: here("./main.js") },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
