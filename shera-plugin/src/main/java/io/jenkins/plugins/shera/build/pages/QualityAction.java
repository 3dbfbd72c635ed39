package io.jenkins.plugins.shera.build.pages;

import hudson.model.BuildBadgeAction;
import hudson.model.Run;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The word of the quality gate on the page of the build it was given to, and as a sign beside it in lists of builds. */
@ExportedBean(defaultVisibility = 999)
public final class QualityAction implements BuildBadgeAction {
    private final QualityVerdict verdict;
    private final ArrayList<String> failed;

    /** {@code failed} are the conditions that are not met, in words. */
    public QualityAction(QualityVerdict verdict, List<String> failed) {
        this.verdict = verdict;
        this.failed = new ArrayList<>(failed);
    }

    /** Notes the verdict on the build; one for each project, the last one stays. */
    public static void put(Run<?, ?> run, QualityAction quality) throws IOException {
        synchronized (run) {
            for (QualityAction other : run.getActions(QualityAction.class)) {
                if (other.getProjectKey().equals(quality.getProjectKey())) {
                    run.removeAction(other);
                }
            }
            run.addAction(quality);
            run.save();
        }
    }

    /** Where a person sees the project's quality, by http or https; empty when nothing was analysed. */
    public static String dashboard(QualityVerdict verdict) {
        return !verdict.getServerUrl().matches("https?://.*")
                ? ""
                : verdict.getServerUrl() + "/dashboard?id="
                        + URLEncoder.encode(verdict.getProjectKey(), StandardCharsets.UTF_8);
    }

    /** The whole word. */
    public QualityVerdict verdict() {
        return verdict;
    }

    /** {@code OK}, {@code ERROR}, {@code NONE} or {@code not-run}. */
    @Exported
    public String getGate() {
        return verdict.getGate();
    }

    @Exported
    public String getProjectKey() {
        return verdict.getProjectKey();
    }

    /** The conditions that are not met. */
    @Exported
    public List<String> getFailed() {
        return failed;
    }

    /** Address in SonarQube, or empty. */
    @Exported
    public String getDashboard() {
        return dashboard(verdict);
    }

    /** Which sign stands for it. */
    public String getIcon() {
        return switch (getGate()) {
            case QualityVerdict.OK -> "symbol-status-blue";
            case QualityVerdict.ERROR -> "symbol-status-red";
            default -> "symbol-status-disabled";
        };
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.QualityAction_displayName();
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
