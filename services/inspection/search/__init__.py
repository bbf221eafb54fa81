"""Finding an enterprise by what can still be read of its plate: a part of its name, its sound, its 统一社会信用代码."""
