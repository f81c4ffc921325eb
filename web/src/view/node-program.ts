/** Draws every node as a disc, one that is chosen with a ring around it. */
import { NodeProgram } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { batched, type Shared } from "./shared.ts";

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

uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;
uniform float u_dim;
uniform float u_pass;
uniform mediump vec3 u_paper;

varying vec4 v_color;
varying vec2 v_from;
varying float v_radius;
varying float v_ring;

void main() {
  if (a_size <= 0.0 || (u_pass >= 0.0 && abs(a_state.x - u_pass) > 0.5)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
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
  if (u_dim > 0.5 && a_state.x < 0.5) v_color.rgb = mix(u_paper, v_color.rgb, 0.2);
  #endif
  // Sigma stores alpha in 7 bits.
  v_color.a *= 255.0 / 254.0;
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

const UNIFORMS = ["u_matrix", "u_viewport", "u_sizeRatio", "u_dim", "u_pass", "u_paper", "u_accent"] as const;
const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

export function createDiscProgram(shared: Shared): typeof NodeProgram {
  class DiscProgram extends NodeProgram {
    getDefinition() {
      return {
        VERTICES: 4,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLE_STRIP as number,
        UNIFORMS,
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

    setUniforms(params: RenderParams, { gl, uniformLocations: at }: Parameters<NodeProgram["setUniforms"]>[1]): void {
      gl.uniformMatrix3fv(at["u_matrix"] ?? null, false, params.matrix);
      gl.uniform2f(at["u_viewport"] ?? null, params.width, params.height);
      gl.uniform1f(at["u_sizeRatio"] ?? null, params.sizeRatio);
      gl.uniform1f(at["u_dim"] ?? null, shared.dim ? 1 : 0);
      gl.uniform3f(at["u_paper"] ?? null, ...shared.paper);
      gl.uniform3f(at["u_accent"] ?? null, ...shared.accent);
    }
  }
  return batched(DiscProgram as unknown as typeof NodeProgram<string>, shared) as unknown as typeof NodeProgram;
}
