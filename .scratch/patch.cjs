const fs=require('fs');const f='artifacts/contracts/rewards/RewardPool.sol/RewardPool.json';const a=JSON.parse(fs.readFileSync(f));const o=JSON.parse(fs.readFileSync('.scratch/out.json'));
a.abi=o.abi;a.bytecode=o.bytecode;a.deployedBytecode='0x'+o.deployed;fs.writeFileSync(f,JSON.stringify(a,null,2));
