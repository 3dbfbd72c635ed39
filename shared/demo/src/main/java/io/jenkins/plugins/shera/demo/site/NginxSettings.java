package io.jenkins.plugins.shera.demo.site;

import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The demo's nginx cluster as Jenkins keeps it on disk: read at the first start, like a restored backup. */
final class NginxSettings {
    private static final String PACKAGE = "io.jenkins.plugins.shera.nginx.config.";

    private NginxSettings() {}

    /** Of the demo's one nginx, which these tenants share. */
    static void write(Path home, NginxInstallation nginx, int port, List<String> tenants) throws IOException {
        Files.createDirectories(home);
        Files.writeString(
                file(home),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <%1$sNginxConfiguration>
                  <clusters>
                %2$s
                  </clusters>
                </%1$sNginxConfiguration>
                """
                        .formatted(PACKAGE, cluster("edge", List.of(nginx), port, tenants)));
    }

    /** One more, of a single tenant. */
    static void add(Path home, String id, String tenant, List<NginxInstallation> nodes) throws IOException {
        String end = "  </clusters>";
        String settings = Files.readString(file(home));
        String more = cluster(id, nodes, 80, List.of(tenant)) + "\n";
        Files.writeString(file(home), settings.replace(end, more + end));
    }

    private static Path file(Path home) {
        return home.resolve(PACKAGE + "NginxConfiguration.xml");
    }

    private static String cluster(String id, List<NginxInstallation> nodes, int port, List<String> tenants) {
        return """
                <%1$sNginxCluster>
                  <id>%2$s</id>
                  <nodes>
                %3$s
                  </nodes>
                  <tenants>%4$s</tenants>
                  <port>%5$d</port>
                </%1$sNginxCluster>"""
                .formatted(
                        PACKAGE,
                        id,
                        nodes.stream().map(NginxSettings::node).collect(Collectors.joining("\n")),
                        tenants.stream()
                                .map(tenant -> "<string>" + tenant + "</string>")
                                .collect(Collectors.joining()),
                        port);
    }

    private static String node(NginxInstallation nginx) {
        return """
                <%1$sNginxNodeSettings>
                  <mainConfig>%2$s</mainConfig>
                  <folder>%3$s</folder>
                  <agent></agent>
                  <binary>%4$s</binary>
                  <versionPort>%5$d</versionPort>
                </%1$sNginxNodeSettings>"""
                .formatted(PACKAGE, nginx.mainConfig(), nginx.folder(), nginx.binary(), nginx.versionPort());
    }
}
