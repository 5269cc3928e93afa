/** Lets a test name the address a request comes from, as a proxy on this machine does; imported before anything that reads the environment. */
process.env['TRUST_PROXY'] = 'loopback'
