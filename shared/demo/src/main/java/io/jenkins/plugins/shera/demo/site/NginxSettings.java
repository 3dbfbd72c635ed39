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

    static void write(Path home, NginxInstallation nginx, int port, List<String> tenants) throws IOException {
        Files.createDirectories(home);
        String names = tenants.stream()
                .map(tenant -> "<string>" + tenant + "</string>")
                .collect(Collectors.joining());
        Files.writeString(
                home.resolve(PACKAGE + "NginxConfiguration.xml"),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <%1$sNginxConfiguration>
                  <clusters>
                    <%1$sNginxCluster>
                      <id>edge</id>
                      <nodes>
                        <%1$sNginxNodeSettings>
                          <mainConfig>%2$s</mainConfig>
                          <folder>%3$s</folder>
                          <agent></agent>
                          <binary>%4$s</binary>
                          <versionPort>%5$d</versionPort>
                        </%1$sNginxNodeSettings>
                      </nodes>
                      <tenants>%6$s</tenants>
                      <port>%7$d</port>
                    </%1$sNginxCluster>
                  </clusters>
                </%1$sNginxConfiguration>
                """
                        .formatted(
                                PACKAGE,
                                nginx.mainConfig(),
                                nginx.folder(),
                                nginx.binary(),
                                nginx.versionPort(),
                                names,
                                port));
    }
}
