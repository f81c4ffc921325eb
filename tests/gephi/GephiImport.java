import com.google.gson.Gson;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.graph.api.types.IntervalSet;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.api.Report;
import org.gephi.io.importer.plugin.file.ImporterGEXF;
import org.gephi.io.importer.plugin.file.ImporterGraphML;
import org.gephi.io.importer.spi.FileImporter;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/** Imports each named file with Gephi's own importer and prints what came in: one JSON object a line. */
public class GephiImport {
    /** Elements are listed only for graphs a test would look into. */
    private static final int LISTED = 1000;

    public static void main(String[] files) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        for (String file : files) {
            Workspace workspace = projects.newWorkspace(projects.getCurrentProject());
            projects.openWorkspace(workspace);
            System.out.println(new Gson().toJson(read(file, workspace)));
        }
        System.exit(0);
    }

    private static Map<String, Object> read(String file, Workspace workspace) throws Exception {
        Container container = Lookup.getDefault().lookup(Container.Factory.class).newContainer();
        Report report = new Report();
        container.setReport(report);
        FileImporter importer = file.endsWith(".graphml") ? new ImporterGraphML() : new ImporterGEXF();
        try (Reader reader = new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8)) {
            importer.setReader(reader);
            if (!importer.execute(container.getLoader()) || !container.verify()) {
                throw new IllegalStateException("Gephi refuses " + file + ": " + report.getText());
            }
        }
        Lookup.getDefault().lookup(ImportController.class).process(container, new DefaultProcessor(), workspace);
        container.closeLoader();

        List<String> issues = new ArrayList<>();
        for (Iterator<Issue> all = report.getIssues(100); all.hasNext(); ) {
            Issue issue = all.next();
            issues.add(issue.getLevel() + ": " + issue.getMessage());
        }
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("issues", issues);
        answer.put("nodeCount", model.getGraph().getNodeCount());
        answer.put("edgeCount", model.getGraph().getEdgeCount());
        answer.put("timeFormat", model.getTimeFormat().toString());
        answer.put("bounds", new double[] {finite(model.getTimeBounds().getLow()), finite(model.getTimeBounds().getHigh())});
        answer.put("nodeColumns", columns(model.getNodeTable()));
        answer.put("edgeColumns", columns(model.getEdgeTable()));
        if (model.getGraph().getEdgeCount() <= LISTED) {
            List<Object> nodes = new ArrayList<>();
            for (Node node : model.getGraph().getNodes()) {
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("id", node.getId());
                item.put("label", node.getLabel());
                item.put("color", String.format("#%06x", node.getColor().getRGB() & 0xffffff));
                item.put("position", new float[] {node.x(), node.y()});
                item.put("size", node.size());
                nodes.add(item);
            }
            answer.put("nodes", nodes);
            List<Object> edges = new ArrayList<>();
            for (Edge edge : model.getGraph().getEdges()) {
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("id", edge.getId());
                item.put("source", edge.getSource().getId());
                item.put("target", edge.getTarget().getId());
                item.put("kind", edge.getTypeLabel());
                item.put("weight", edge.getWeight());
                item.put("directed", edge.isDirected());
                item.put("evidence", edge.getTable().hasColumn("evidence") ? edge.getAttribute("evidence") : null);
                item.put("spells", edge.getAttribute("timeset") instanceof IntervalSet times ? times.toArray().length : 0);
                edges.add(item);
            }
            answer.put("edges", edges);
        }
        return answer;
    }

    private static double finite(double bound) {
        return Double.isInfinite(bound) ? 0 : bound;
    }

    private static List<String> columns(Table table) {
        List<String> names = new ArrayList<>();
        for (Column column : table) names.add(column.getId());
        return names;
    }
}
