package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.EnvironmentValue;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What is stored of an environment, as reads give it. */
@ExportedBean(defaultVisibility = 999)
public class EnvironmentFacts {

    private final Environment environment;

    EnvironmentFacts(Environment environment) {
        this.environment = environment;
    }

    @Exported
    public final String getName() {
        return environment.getName();
    }

    @Exported
    public final String getCluster() {
        return environment.getCluster();
    }

    @Exported
    public final String getNamespace() {
        return environment.getNamespace();
    }

    @Exported
    public final PolicyFacts getPolicy() {
        return new PolicyFacts(environment.getPolicy());
    }

    @Exported
    public final List<EnvironmentValue> getValues() {
        return environment.getValues();
    }

    /** What the environment demands. */
    @ExportedBean(defaultVisibility = 999)
    public static final class PolicyFacts {
        private final EnvironmentPolicy policy;

        PolicyFacts(EnvironmentPolicy policy) {
            this.policy = policy;
        }

        @Exported
        public boolean isRequirePromote() {
            return policy.isRequirePromote();
        }

        @Exported
        public boolean isRequireApproval() {
            return policy.isRequireApproval();
        }

        @Exported
        public String getPodSecurity() {
            return policy.getPodSecurity();
        }

        @Exported
        public String getImages() {
            return policy.getImages();
        }

        @Exported
        public boolean isWarnOnly() {
            return policy.isWarnOnly();
        }

        @Exported
        public TerminalFacts getTerminal() {
            return new TerminalFacts(policy.getTerminal());
        }
    }

    /** Who gets into its containers. */
    @ExportedBean(defaultVisibility = 999)
    public static final class TerminalFacts {
        private final TerminalPolicy policy;

        TerminalFacts(TerminalPolicy policy) {
            this.policy = policy;
        }

        @Exported
        public boolean isBuilds() {
            return policy.isBuilds();
        }

        @Exported
        public List<String> getContainers() {
            return policy.getContainers();
        }

        @Exported
        public boolean isRequireReason() {
            return policy.isRequireReason();
        }

        @Exported
        public boolean isRequireApproval() {
            return policy.isRequireApproval();
        }

        @Exported
        public boolean isRecord() {
            return policy.isRecord();
        }
    }
}
