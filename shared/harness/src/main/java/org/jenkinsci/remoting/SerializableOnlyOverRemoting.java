package org.jenkinsci.remoting;

import java.io.Serializable;

/** May cross a channel and nothing else. */
public interface SerializableOnlyOverRemoting extends Serializable {}
