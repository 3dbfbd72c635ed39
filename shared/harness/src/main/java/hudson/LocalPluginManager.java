package hudson;

import jakarta.servlet.ServletContext;
import java.io.File;

/** Loads the .hpi files in {@code $JENKINS_HOME/plugins}. */
public class LocalPluginManager extends PluginManager {
    public LocalPluginManager(ServletContext context, File rootDir) {
        super(context, new File(rootDir, "plugins"));
    }

    public LocalPluginManager(File rootDir) {
        this((ServletContext) null, rootDir);
    }
}
