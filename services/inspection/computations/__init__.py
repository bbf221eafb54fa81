"""What takes longer than a request: asked for over HTTP, made by a worker, read when it is done."""
