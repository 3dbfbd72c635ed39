package hudson.remoting;

/** The answer of a machine. */
public interface Future<V> extends java.util.concurrent.Future<V> {}
