package hudson;

/** Marks an interface or abstract class that plugins may extend. */
public interface ExtensionPoint {}
