package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.parts.SonarQube;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import java.nio.file.Files;
import java.util.Map;

/** The sample through a real SonarQube. */
final class BuildWithSonarExample implements Example {
    private static final String CONFIG = "io.jenkins.plugins.shera.build.config.";

    @Override
    public String missing(DemoSite site) {
        return SonarQube.missing();
    }

    @Override
    public void beforeJenkins(DemoSite site) throws Exception {
        SonarQube sonar = site.closing(SonarQube.start(site.leftovers()));
        Files.createDirectories(site.home());
        Files.writeString(
                site.home().resolve(CONFIG + "SonarConfiguration.xml"),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <%1$sSonarConfiguration>
                  <servers>
                    <%1$sSonarServer>
                      <id>house</id>
                      <url>%2$s</url>
                      <credentialsId></credentialsId>
                      <webhookCredentialsId></webhookCredentialsId>
                      <tenants><string>retail</string></tenants>
                    </%1$sSonarServer>
                  </servers>
                </%1$sSonarConfiguration>
                """
                        .formatted(CONFIG, sonar.url()));
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of(
                "GIT_URL", site.repository(), "REGISTRY", "house", "BASE", site.baseImage(), "PROJECT_KEY", "shop");
    }
}
