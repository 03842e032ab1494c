import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const built = here("../src/marra/web/static/build");

// The server sends these instead, to browsers that can read them.
const compressed = {
  name: "compressed",
  closeBundle() {
    for (const file of readdirSync(built)) {
      if (!/\.(css|js)$/.test(file)) continue;
      const content = readFileSync(`${built}/${file}`);
      writeFileSync(`${built}/${file}.gz`, gzipSync(content, { level: 9 }));
      writeFileSync(`${built}/${file}.br`, brotliCompressSync(content));
    }
  },
};

export default defineConfig({
  base: "/static/build/",
  publicDir: false,
  plugins: [compressed],
  build: {
    outDir: built,
    emptyOutDir: true,
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
