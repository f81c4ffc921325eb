/** The one step of ForceAtlas2, which its package exports without types. */
declare module "graphology-layout-forceatlas2/iterate.js" {
  interface Settings {
    readonly linLogMode: boolean;
    readonly outboundAttractionDistribution: boolean;
    readonly adjustSizes: boolean;
    readonly edgeWeightInfluence: number;
    readonly scalingRatio: number;
    readonly strongGravityMode: boolean;
    readonly gravity: number;
    readonly slowDown: number;
    readonly barnesHutOptimize: boolean;
    readonly barnesHutTheta: number;
  }
  /** Moves the nodes once. Ten numbers a node (x, y, dx, dy, old dx, old dy, mass, convergence, size, fixed), three an edge (source and target offsets, weight). */
  export default function iterate(settings: Settings, nodes: Float32Array, edges: Float32Array): void;
}
