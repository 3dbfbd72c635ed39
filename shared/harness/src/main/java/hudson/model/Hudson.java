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

    /** Makes {@code /job/NAME} work. */
    @Deprecated
    public TopLevelItem getJob(String name) {
        return getItem(name);
    }
}
