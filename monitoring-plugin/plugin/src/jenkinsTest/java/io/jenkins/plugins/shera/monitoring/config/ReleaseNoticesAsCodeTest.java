package io.jenkins.plugins.shera.monitoring.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.onjenkins.AsCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What configuration as code writes of news of releases, it also reads, and it comes to the same. */
@WithJenkins
class ReleaseNoticesAsCodeTest {

    private static final String SECTION =
            """
            unclassified:
              sheraReleaseNotices:
                mailHost: "smtp.example.com"
                mailPort: 2525
                mailSecurity: "tls"
                mailFrom: "jenkins@example.com"
                mailCredentialsId: "smtp"
                notices:
                - tenant: "retail"
                  receiver: "ops"
                  event: "failed"
                  environment: "prod"
                  language: "zh-CN"
            """;

    @Test
    void readsWhatItWrote(JenkinsRule rule) throws Exception {
        AsCode.read(SECTION);
        String first = AsCode.export("sheraReleaseNotices");
        ReleaseNoticeConfiguration configuration = ReleaseNoticeConfiguration.get();
        configuration.setNotices(List.of());
        configuration.setMailHost("");

        AsCode.read(first);

        assertThat(AsCode.export("sheraReleaseNotices")).isEqualTo(first);
        assertThat(first).contains("smtp.example.com", "jenkins@example.com", "failed", "zh-CN");
        assertThat(configuration.of("retail"))
                .singleElement()
                .extracting(ReleaseNotice::getEnvironment)
                .isEqualTo("prod");
    }
}
