package hudson.model;

import hudson.PluginManager;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import jenkins.model.Jenkins;

/** The one Jenkins there is. */
public class Hudson extends Jenkins {
    public Hudson(File root, ServletContext context) throws IOException, InterruptedException {
        this(root, context, null);
    }

    public Hudson(File root, ServletContext context, PluginManager pluginManager)
            throws IOException, InterruptedException {
        super(root, context, pluginManager);
    }

    /** The type that {@link Jenkins#clouds} has had since before Jenkins was called so. */
    public static final class CloudList extends Jenkins.CloudList {
        /** For XStream. */
        public CloudList() {}

        public CloudList(Jenkins owner) {
            super(owner);
        }
    }

    /** Makes {@code /job/NAME} work. */
    @Deprecated
    public TopLevelItem getJob(String name) {
        return getItem(name);
    }
}
