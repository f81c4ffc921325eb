"""Reads a GraphML file with networkx and prints what came in as one JSON object."""

import json
import sys

import networkx

graph = networkx.read_graphml(sys.argv[1], force_multigraph=True)
print(
    json.dumps(
        {
            "nodes": {node: data for node, data in graph.nodes(data=True)},
            "edges": {key: [source, target, data] for source, target, key, data in graph.edges(keys=True, data=True)},
        }
    )
)
