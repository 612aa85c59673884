# Only for Packer 1.7 and newer, which downloads its plugins: run `packer init images/plugins` once. Packer 1.6 has them inside and
# rejects this block even in a file beside image.pkr.hcl, so it lives in a directory of its own.
packer {
  required_plugins {
    qemu = {
      source  = "github.com/hashicorp/qemu"
      version = ">= 1.0.0"
    }
    openstack = {
      source  = "github.com/hashicorp/openstack"
      version = ">= 1.0.0"
    }
  }
}
