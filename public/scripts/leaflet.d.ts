// Leaflet's own module build, of which esbuild keeps only what is used; @types/leaflet describes the package's main file.
declare module 'leaflet/dist/leaflet-src.esm.js' {
  export * from 'leaflet';
}
