import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.transport.Netty4Plugin;

/**
 * One real OpenSearch node, on loopback only, until its standard input ends.
 *
 * Arguments: its folder, its name, its HTTP port, and every node as name=transport port,
 * separated by commas.
 */
public class StartNode {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        String name = arguments[1];
        List<String> nodes = List.of(arguments[3].split(","));
        Files.createDirectories(home.resolve("config"));
        Settings settings = Settings.builder()
            .put("path.home", home)
            .put("cluster.name", "gloact-qa-test")
            .put("node.name", name)
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[2])
            .put("transport.port", nodes.stream()
                .filter(node -> node.startsWith(name + "=")).findFirst().get().split("=")[1])
            .putList("discovery.seed_hosts", nodes.stream()
                .map(node -> "127.0.0.1:" + node.split("=")[1]).toList())
            .putList("cluster.initial_cluster_manager_nodes", nodes.stream()
                .map(node -> node.split("=")[0]).toList())
            // A full disk of the machine is no affair of a test.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("node.processors", 1)
            // A node that is gone is to be noticed in seconds.
            .put("cluster.fault_detection.leader_check.timeout", "2s")
            .put("cluster.fault_detection.follower_check.timeout", "2s")
            .build();
        try (var node = new OpenSearchRunnerNode(
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> name),
                List.of(
                    Netty4Plugin.class, ReindexPlugin.class, CommonAnalysisPlugin.class))) {
            node.start();
            while (System.in.read() >= 0) {
                // Whoever started it is still there.
            }
        }
        System.exit(0);
    }
}
