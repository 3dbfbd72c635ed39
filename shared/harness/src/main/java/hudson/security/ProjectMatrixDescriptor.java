package hudson.security;

import hudson.model.Descriptor;
import org.jenkinsci.Symbol;

/** Descriptor of {@link ProjectMatrixAuthorizationStrategy}. */
@Symbol("projectMatrix")
final class ProjectMatrixDescriptor extends Descriptor<AuthorizationStrategy> {
    ProjectMatrixDescriptor() {
        super(ProjectMatrixAuthorizationStrategy.class);
    }

    @Override
    public String getDisplayName() {
        return "Project-based Matrix Authorization Strategy";
    }
}
