"""WordPress exports (WXR): ``reading.inspect`` looks a whole file over, ``reading.read`` gives its records."""
