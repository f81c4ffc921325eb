/** Draws every node as a disc, one that is chosen with a ring around it. */
import { NodeProgram } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { batched, GLSL, setSharedUniforms, type Shared, UNIFORMS } from "./shared.ts";

/** What a node carries beyond Sigma's own display data. */
export interface NodeLook extends NodeDisplayData {
  readonly outstanding: boolean;
  readonly ringed: boolean;
}

const VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute float a_size;
attribute vec2 a_state;  // stands out, has a ring
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec2 a_corner;

${GLSL.uniforms}

varying vec4 v_color;
varying vec2 v_from;
varying float v_radius;
varying float v_ring;

void main() {
  if (a_size <= 0.0 || waits(a_state.x)) {
    gl_Position = NOWHERE;
    return;
  }
  v_radius = a_size / u_sizeRatio;
  v_from = a_corner * (v_radius + 1.0);
  v_ring = a_state.y;
  gl_Position = vec4((u_matrix * vec3(a_position, 1.0)).xy + v_from * 2.0 / u_viewport, 0.0, 1.0);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  if (fades(a_state.x)) v_color.rgb = mix(u_paper, v_color.rgb, 0.2);
  #endif
  ${GLSL.alpha}
}`;

const FRAGMENT = /* glsl */ `
precision mediump float;

varying vec4 v_color;
varying vec2 v_from;
varying float v_radius;
varying float v_ring;

uniform vec3 u_paper;
uniform vec3 u_accent;

void main() {
  float distance = length(v_from);
  #ifdef PICKING_MODE
  if (distance > v_radius) discard;
  gl_FragColor = v_color;
  #else
  vec3 color = v_color.rgb;
  if (v_ring > 0.5) {
    color = mix(color, u_paper, clamp(distance - v_radius + 5.5, 0.0, 1.0));
    color = mix(color, u_accent, clamp(distance - v_radius + 3.5, 0.0, 1.0));
  }
  gl_FragColor = vec4(color, 1.0) * clamp(v_radius - distance + 0.5, 0.0, 1.0);
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

export function createDiscProgram(shared: Shared): typeof NodeProgram {
  class DiscProgram extends NodeProgram {
    getDefinition() {
      return {
        VERTICES: 4,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLE_STRIP as number,
        UNIFORMS: [...UNIFORMS, "u_accent"] as const,
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_state", size: 2, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
        CONSTANT_DATA: [
          [-1, -1],
          [1, -1],
          [-1, 1],
          [1, 1],
        ],
      };
    }

    processVisibleItem(id: number, start: number, data: NodeDisplayData): void {
      const node = data as NodeLook;
      const { array } = this;
      array[start] = node.x;
      array[start + 1] = node.y;
      array[start + 2] = node.size;
      array[start + 3] = node.outstanding ? 1 : 0;
      array[start + 4] = node.ringed ? 1 : 0;
      array[start + 5] = floatColor(node.color);
      array[start + 6] = id;
    }

    setUniforms(params: RenderParams, info: Parameters<NodeProgram["setUniforms"]>[1]): void {
      setSharedUniforms(params, info, shared);
      const { gl, uniformLocations: at } = info;
      gl.uniform3f(at["u_accent"] ?? null, ...shared.accent);
    }
  }
  return batched(DiscProgram as unknown as typeof NodeProgram<string>, shared) as unknown as typeof NodeProgram;
}
